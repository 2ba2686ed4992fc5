package import Expenses
package import Templating

extension MoneyError {
    /// A sentence that says what is allowed, in the user's own way of writing figures.
    package func message(for preferences: Preferences) -> Message {
        let example = MoneyError.figures(12_500, grouped: false, preferences)
        switch self {
        case .missing:
            return Message("Enter an amount, such as {example}.", ["example": example])
        case .unreadable:
            let large = MoneyError.figures(1_234_560, grouped: true, preferences)
            return Message(
                "That can't be read as an amount. Write it like {example} or {large}.",
                ["example": example, "large": large])
        case .tooManyDecimals(allowed: 0):
            return Message("Use a whole amount, without decimals, as in {example}.", ["example": example])
        case .tooManyDecimals(let allowed):
            return Message(
                "Use at most {allowed} decimals, as in {example}.", ["allowed": allowed, "example": example])
        case .zero:
            return Message("The amount can't be zero.")
        case .tooLarge:
            let largest = Money.largest(in: preferences.currency)
            let limit = largest.figures(preferences.currency, preferences.numberFormat, isGrouped: true)
            return Message("The largest amount is {limit}.", ["limit": limit])
        case .calculation(let error): return error.message(example)
        }
    }

    /// A sentence for the author of a script, in the plain decimal form.
    func messageForPrograms(in currency: Currency) -> String {
        switch self {
        case .missing, .unreadable, .calculation:
            let example = Money(minorUnits: -1250).decimal(in: currency)
            return "An amount is a decimal string, such as “\(example)”: no grouping, no exponent, no plus."
        case .tooManyDecimals(let allowed):
            return "\(currency.code) has \(allowed) decimals at most."
        case .zero:
            return "The amount can't be zero."
        case .tooLarge:
            return "The largest amount is \(Money.largest(in: currency).decimal(in: currency))."
        }
    }

    /// An amount given in thousandths, with as many decimals as the currency has.
    private static func figures(_ thousandths: Int64, grouped: Bool, _ preferences: Preferences) -> String {
        let divisors: [Int64] = [1000, 100, 10, 1]
        return Money(minorUnits: thousandths / divisors[preferences.currency.decimals])
            .figures(preferences.currency, preferences.numberFormat, isGrouped: grouped)
    }
}
