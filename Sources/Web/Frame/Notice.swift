import Templating

/// A sentence above the page's content about what has just happened.
struct Notice: TemplateModel {
    enum Kind: Sendable {
        case success, info, error
    }

    var text: Message
    /// Where a field names the notice as its description, so that a screen reader speaks it with the field: what is on a page
    /// from the beginning is not announced by itself. Empty elsewhere.
    var id = ""
    var kind = Kind.success
    /// Another sentence about it.
    var more = Message.empty
    /// The one button that takes back what happened.
    var undo: ButtonForm?
    /// What else can be done about it.
    var links: [Link] = []

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.id },
        "text": .field { $0.text },
        "more": .field { $0.more },
        "isSuccess": .field { $0.kind == .success },
        "isError": .field { $0.kind == .error },
        "undo": .field { $0.undo },
        "links": .field { $0.links },
    ]
}
