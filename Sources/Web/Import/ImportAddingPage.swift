import Templating

/// An import that is being added.
struct ImportAddingPage: FramedPage {
    var frame: Frame
    var summary: Message
    var form: String
    /// Where it is taken back; empty while that cannot be.
    var undo: String

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "summary": .text { $0.summary },
        "form": .text { $0.form },
        "undo": .text { $0.undo },
    ]
}
