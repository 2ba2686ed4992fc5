import Templating

/// A sentence above the page's content about what has just happened.
struct Notice: TemplateModel {
    enum Kind: Sendable {
        case success, info, error
    }

    var text: String
    var kind = Kind.success
    /// The one button that takes back what happened.
    var undo: UndoForm?
    /// What else can be done about it.
    var links: [Link] = []

    static let fields: TemplateFields<Self> = [
        "text": .text { $0.text },
        "isSuccess": .flag { $0.kind == .success },
        "isInfo": .flag { $0.kind == .info },
        "isError": .flag { $0.kind == .error },
        "undo": .optional { $0.undo },
        "links": .list { $0.links },
    ]
}

/// A form of a single button.
struct UndoForm: TemplateModel {
    /// Where it posts to.
    var action: String
    /// The one-time id of the form.
    var form: String
    /// The page to go back to; nil for the plain dashboard.
    var returnTo: FilterAddress?
    var label = "Undo"

    static let fields: TemplateFields<Self> = [
        "action": .text { $0.action },
        "form": .text { $0.form },
        "returnTo": .value { $0.returnTo },
        "label": .text { $0.label },
    ]
}
