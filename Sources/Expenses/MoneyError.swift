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
}
