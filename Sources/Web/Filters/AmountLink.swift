import Templating

/// An amount that leads to the rows that it sums up.
struct AmountLink: TemplateModel {
    var amount: ShownMoney
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "amount": .field { $0.amount },
        "address": .field { $0.address },
    ]
}
