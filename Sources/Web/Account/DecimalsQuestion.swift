import Expenses
import Templating

/// What a currency with other decimals does to figures that are stored.
struct DecimalsQuestion: TemplateModel {
    /// "USD has 2 decimals, JPY has none."
    var explanation: String
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
        explanation =
            "\(DecimalsQuestion.decimals(of: old.currency)), \(DecimalsQuestion.decimals(of: new.currency))."
        before = ShownMoney(amount: sample, format: MoneyFormat(old))
        after = ShownMoney(amount: sample, format: MoneyFormat(new))
        code = new.currency.code
    }

    private static func decimals(of currency: Currency) -> String {
        currency.decimals == 0
            ? "\(currency.code) has none" : "\(currency.code) has \(currency.decimals) decimals"
    }
}
