import Expenses
import Templating

/// One option of a select, a checkbox or a radio button.
struct Choice: TemplateModel, Hashable {
    var value: String
    var label: String
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

extension Choice {
    init(_ category: Category, isSelected: Bool) {
        self.init(
            value: category.id.description, label: category.name, isSelected: isSelected,
            color: category.color.rawValue)
    }
}
