import Templating

/// An amount that leads to the rows that it sums up.
struct AmountLink: TemplateModel {
    var amount: ShownMoney
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "amount": .value { $0.amount },
        "address": .value { $0.address },
    ]
}
