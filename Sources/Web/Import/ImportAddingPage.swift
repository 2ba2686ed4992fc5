import Templating

/// An import that is being added.
struct ImportAddingPage: TemplateModel {
    var frame: Frame
    var summary: String

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "summary": .text { $0.summary },
    ]
}
