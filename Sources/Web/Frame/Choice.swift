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

extension Choice {
    init(_ category: Category, isSelected: Bool) {
        self.init(
            value: category.id.description, label: Message(verbatim: category.name), isSelected: isSelected,
            color: category.color.rawValue)
    }
}

extension [Choice] {
    /// - Parameter selected: a category's id, as it was typed.
    init(_ categories: [Category], selected: String = "") {
        self = categories.map { Choice($0, isSelected: $0.id.description == selected) }
    }
}
