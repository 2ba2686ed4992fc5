import Templating

/// What a person sees instead of the page that was asked for.
struct ErrorPage: FramedPage {
    var frame: Frame
    var heading: Message
    /// What it means and what can be done now.
    var explanation: Message
    /// By which the log knows the request; empty where nothing was logged.
    var reference = ""
    /// What was sent and not done, to be sent once more with one press.
    var retry: RetryForm?
    /// The page that was asked for, where it may be there soon; empty elsewhere.
    var again = ""

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "heading": .text { $0.heading },
        "explanation": .text { $0.explanation },
        "reference": .text { $0.reference },
        "retry": .optional { $0.retry },
        "again": .text { $0.again },
    ]
}
