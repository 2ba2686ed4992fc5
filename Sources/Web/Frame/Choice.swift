import Templating

/// One option of a select, or a radio button.
struct Choice: TemplateModel {
    var value: String
    var label: Message
    var isSelected = false
    /// The name of a category's colour; empty where there is none.
    var color = ""

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.value },
        "label": .field { $0.label },
        "isSelected": .field { $0.isSelected },
        "color": .field { $0.color },
    ]
}
