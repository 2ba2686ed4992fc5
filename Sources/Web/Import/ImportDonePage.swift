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
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "action": .field { $0.action },
        "summary": .field { $0.summary },
        "edited": .field { $0.edited },
    ]
}
