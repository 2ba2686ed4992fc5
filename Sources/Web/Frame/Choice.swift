import Expenses
import Templating

/// One option of a select, or a radio button.
struct Choice: TemplateModel {
    var value: String
    var label: Message
    var isSelected = false
    /// The name of a category's colour; empty where there is none.
    var color = ""
    /// Whether the value is a language, and the label is in it.
    var isLanguage = false

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.value },
        "label": .field { $0.label },
        "isSelected": .field { $0.isSelected },
        "color": .field { $0.color },
        "isLanguage": .field { $0.isLanguage },
    ]
}

extension [Choice] {
    /// - Parameter selected: a category's id, as it was typed.
    init(_ categories: [Category], selected: String = "") {
        self = categories.map {
            let id = $0.id.description
            return Choice(
                value: id, label: Message(verbatim: $0.name), isSelected: id == selected,
                color: $0.color.rawValue)
        }
    }
}
