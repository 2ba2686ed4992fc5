import Templating

/// A link to expenses, with a plain text.
struct FilterLink: TemplateModel {
    var label: String
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "label": .text { $0.label },
        "address": .value { $0.address },
    ]
}
