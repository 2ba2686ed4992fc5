import Expenses
import Templating

/// What a currency with other decimals does to figures that are stored.
struct DecimalsQuestion: TemplateModel {
    /// "USD has 2 decimals, JPY has none."
    var explanation: String
    /// One of the user's own amounts, before and after.
    var before: ShownMoney
    var after: ShownMoney
    /// The same amount where it keeps its figure; nil where not every amount can.
    var kept: ShownMoney?
    var code: String

    static let fields: TemplateFields<Self> = [
        "explanation": .text { $0.explanation },
        "before": .value { $0.before },
        "after": .value { $0.after },
        "kept": .value { $0.kept },
        "code": .text { $0.code },
    ]
}

extension DecimalsQuestion {
    /// - Parameters:
    ///   - sample: the amount of one of the user's expenses.
    ///   - canKeep: whether every amount is whole in the new currency.
    init(_ sample: Money, from old: Preferences, to new: Preferences, canKeep: Bool) {
        explanation =
            "\(DecimalsQuestion.decimals(of: old.currency)), \(DecimalsQuestion.decimals(of: new.currency))."
        before = ShownMoney(amount: sample, format: MoneyFormat(old))
        after = ShownMoney(amount: sample, format: MoneyFormat(new))
        if canKeep {
            let rescaled = sample.rescaled(from: old.currency, to: new.currency)
            kept = ShownMoney(amount: rescaled, format: MoneyFormat(new))
        }
        code = new.currency.code
    }

    private static func decimals(of currency: Currency) -> String {
        currency.decimals == 0
            ? "\(currency.code) has none" : "\(currency.code) has \(currency.decimals) decimals"
    }
}
