import Templating

/// A sentence above the page's content about what has just happened.
struct Notice: TemplateModel {
    enum Kind: Sendable {
        case success, info, error
    }

    var text: Message
    var kind = Kind.success
    /// Another sentence about it.
    var more = Message.empty
    /// The one button that takes back what happened.
    var undo: ButtonForm?
    /// What else can be done about it.
    var links: [Link] = []

    static let fields: TemplateFields<Self> = [
        "text": .text { $0.text },
        "more": .text { $0.more },
        "isSuccess": .flag { $0.kind == .success },
        "isInfo": .flag { $0.kind == .info },
        "isError": .flag { $0.kind == .error },
        "undo": .optional { $0.undo },
        "links": .list { $0.links },
    ]
}
