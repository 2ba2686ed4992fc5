import Templating

/// A link to expenses.
struct FilterLink: TemplateModel {
    var label: Message
    var address: FilterAddress
    /// Whether it leads to what is shown.
    var isCurrent = false

    static let fields: TemplateFields<Self> = [
        "label": .field { $0.label },
        "address": .field { $0.address },
        "isCurrent": .field { $0.isCurrent },
    ]
}
