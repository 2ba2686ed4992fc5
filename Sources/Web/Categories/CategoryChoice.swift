import Expenses
import Templating

/// A category as an option of a select, or as a checkbox.
struct CategoryChoice: TemplateModel {
    var category: Category
    var isSelected = false

    static let fields: TemplateFields<Self> = [
        "value": .value { $0.category.id },
        "label": .text { $0.category.name },
        "color": .value { $0.category.color },
        "isSelected": .flag { $0.isSelected },
    ]
}
