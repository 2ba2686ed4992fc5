/// What somebody typed into a form's field for an amount: one as it stands, or one to calculate.
package struct EnteredAmount: Hashable, Sendable {
    /// How the amount follows from what was typed, where that should be told.
    package enum Reading: Hashable, Sendable {
        /// `12.50 + 3.20`, in the account's own way of writing figures.
        case calculated(String)
        /// `12.345`: its mark was taken to group thousands, and the account does not group so.
        case grouped
    }

    package let amount: Money
    /// Nil where the amount is what was typed.
    package let reading: Reading?

    package init(_ typed: String, _ preferences: Preferences) throws(MoneyError) {
        do {
            amount = try Money(typed: typed, in: preferences.currency)
        } catch {
            guard let calculation = try Calculation(typed, preferences) else { throw error }
            amount = calculation.amount
            reading = .calculated(calculation.text)
            return
        }
        let read = try TypedAmount(typed, currency: preferences.currency)
        let mark = read.loneGroupingMark(decimals: preferences.currency.decimals)
        reading = mark == nil || mark == preferences.numberFormat.separator ? nil : .grouped
    }
}
