import Expenses
import Templating

/// What a currency with other decimals does to figures that are stored.
struct DecimalsQuestion: TemplateModel {
    /// "USD has 2 decimals, JPY has 0."
    var explanation: Message
    /// One of the user's own amounts, before and after.
    var before: ShownMoney
    var after: ShownMoney
    /// The same amount where it keeps its figure; nil where not every amount can.
    var kept: ShownMoney?
    var code: String

    static let fields: TemplateFields<Self> = [
        "explanation": .field { $0.explanation },
        "before": .field { $0.before },
        "after": .field { $0.after },
        "kept": .field { $0.kept },
        "code": .field { $0.code },
    ]
}

extension DecimalsQuestion {
    /// - Parameters:
    ///   - sample: the amount of one of the user's expenses.
    ///   - canKeep: whether every amount is whole in the new currency.
    init(_ sample: Money, from old: Preferences, to new: Preferences, canKeep: Bool) {
        explanation = Message(
            "{old} has {oldDecimals} decimals, {new} has {newDecimals}.",
            [
                "old": old.currency.code, "oldDecimals": old.currency.decimals, "new": new.currency.code,
                "newDecimals": new.currency.decimals,
            ])
        before = ShownMoney(amount: sample, format: MoneyFormat(old))
        after = ShownMoney(amount: sample, format: MoneyFormat(new))
        if canKeep {
            let rescaled = sample.rescaled(from: old.currency, to: new.currency)
            kept = ShownMoney(amount: rescaled, format: MoneyFormat(new))
        }
        code = new.currency.code
    }
}
