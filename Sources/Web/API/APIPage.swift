import Templating

/// How to begin with the API: five commands to paste.
struct APIPage: FramedPage {
    var frame: Frame
    /// Scheme, host and port as the visitor reached them.
    var origin: String
    /// A day for the expense that an example adds.
    var today: String

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "origin": .field { $0.origin },
        "today": .field { $0.today },
    ]
}
