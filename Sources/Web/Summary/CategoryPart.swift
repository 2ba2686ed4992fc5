import Expenses
import Templating

/// What one category adds to an amount.
struct CategoryPart: TemplateModel {
    var category: Category
    var amount: ShownMoney
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.category.name },
        "color": .value { $0.category.color },
        "amount": .value { $0.amount },
        "address": .value { $0.address },
    ]
}
