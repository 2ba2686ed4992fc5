import Templating

/// An import that is being added.
struct ImportAddingPage: FramedPage {
    var frame: Frame
    var summary: Message
    var form: String
    /// Where it is taken back; empty while that cannot be.
    var undo: String

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "summary": .field { $0.summary },
        "form": .field { $0.form },
        "undo": .field { $0.undo },
    ]
}
