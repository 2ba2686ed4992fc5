import Expenses
import Templating

/// What a currency with other decimals does to figures that are stored.
struct DecimalsQuestion: TemplateModel {
    /// "USD has 2 decimals, JPY has 0."
    var explanation: Message
    /// One of the user's own amounts, before and after.
    var before: ShownMoney
    var after: ShownMoney
    var code: String

    static let fields: TemplateFields<Self> = [
        "explanation": .text { $0.explanation },
        "before": .value { $0.before },
        "after": .value { $0.after },
        "code": .text { $0.code },
    ]
}

extension DecimalsQuestion {
    /// - Parameter sample: the amount of one of the user's expenses.
    init(_ sample: Money, from old: Preferences, to new: Preferences) {
        explanation = Message(
            "{old} has {oldDecimals} decimals, {new} has {newDecimals}.",
            [
                "old": old.currency.code, "oldDecimals": old.currency.decimals, "new": new.currency.code,
                "newDecimals": new.currency.decimals,
            ])
        before = ShownMoney(amount: sample, format: MoneyFormat(old))
        after = ShownMoney(amount: sample, format: MoneyFormat(new))
        code = new.currency.code
    }
}
