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
        "frame": .field { $0.frame },
        "heading": .field { $0.heading },
        "explanation": .field { $0.explanation },
        "reference": .field { $0.reference },
        "retry": .field { $0.retry },
        "again": .field { $0.again },
    ]
}
