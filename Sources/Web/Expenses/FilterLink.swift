import Templating

/// A link to expenses.
struct FilterLink: TemplateModel {
    var label: Message
    var address: FilterAddress
    /// Whether it leads to what is shown.
    var isCurrent = false

    static let fields: TemplateFields<Self> = [
        "label": .text { $0.label },
        "address": .value { $0.address },
        "isCurrent": .flag { $0.isCurrent },
    ]
}
