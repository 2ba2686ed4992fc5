import Templating

/// A condition that holds, as a button of the filters' form that takes it away.
struct FilterChip: TemplateModel {
    var label: Message
    /// The value of the form's field `less`.
    var removal: String

    static let fields: TemplateFields<Self> = [
        "label": .field { $0.label },
        "removal": .field { $0.removal },
    ]
}
