/// Why an amount was not taken.
package enum MoneyError: Error, Hashable {
    case missing
    case unreadable
    /// More decimals than the currency has; it has `allowed`.
    case tooManyDecimals(allowed: Int)
    case zero
    case tooLarge
    /// There is something to calculate, of a form's field alone, and it cannot be.
    case calculation(CalculationError)

    /// A sentence that says what is allowed, in the user's own way of writing figures.
    package func message(for preferences: Preferences) -> String {
        let example = MoneyError.figures(12_500, grouped: false, preferences)
        switch self {
        case .missing:
            return "Enter an amount, such as \(example)."
        case .unreadable:
            let large = MoneyError.figures(1_234_560, grouped: true, preferences)
            return "That can't be read as an amount. Write it like \(example) or \(large)."
        case .tooManyDecimals(allowed: 0):
            return "Use a whole amount, without decimals, as in \(example)."
        case .tooManyDecimals(let allowed):
            return "Use at most \(allowed) decimals, as in \(example)."
        case .zero:
            return "The amount can't be zero."
        case .tooLarge:
            let largest = Money.largest(in: preferences.currency)
            let limit = largest.figures(preferences.currency, preferences.numberFormat, isGrouped: true)
            return "The largest amount is \(limit)."
        case .calculation(let error):
            return error.message(example)
        }
    }

    /// A sentence for the author of a script, in the plain decimal form.
    package func messageForPrograms(in currency: Currency) -> String {
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
