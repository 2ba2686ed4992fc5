import Templating

/// One option of a select, or a radio button.
struct Choice: TemplateModel {
    var value: String
    var label: Message
    var isSelected = false
    /// The name of a category's colour; empty where there is none.
    var color = ""

    static let fields: TemplateFields<Self> = [
        "value": .text { $0.value },
        "label": .text { $0.label },
        "isSelected": .flag { $0.isSelected },
        "color": .text { $0.color },
    ]
}
