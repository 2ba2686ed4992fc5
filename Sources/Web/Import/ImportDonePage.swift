import Templating

/// An import that has been added.
struct ImportDonePage: FramedPage {
    var frame: Frame
    var form: String
    var action: String
    var summary: Message
    /// Says that some were changed since; empty where none was.
    var edited: Message

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "action": .text { $0.action },
        "summary": .text { $0.summary },
        "edited": .text { $0.edited },
    ]
}
