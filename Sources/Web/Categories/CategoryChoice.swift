import Expenses
import Templating

/// A category as an option of a select, or as a checkbox.
struct CategoryChoice: TemplateModel {
    var category: Category
    var isSelected = false

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.category.id },
        "label": .field { $0.category.name },
        "color": .field { $0.category.color },
        "isSelected": .field { $0.isSelected },
    ]
}
