import Expenses
import Templating

/// What one category adds to an amount.
struct CategoryPart: TemplateModel {
    var category: Category
    var amount: ShownMoney
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.category.name },
        "color": .field { $0.category.color },
        "amount": .field { $0.amount },
        "address": .field { $0.address },
    ]
}
