/// The rows of a file that are added, or left out, for one reason.
package enum ImportGroup: String, CaseIterable, Sendable {
    /// Spending and refunds.
    case expenses
    case moneyIn = "money_in"
    case ownTransfers = "transfers"
    case otherCurrency = "other_currency"
    /// Spending and refunds that the account is likely to have.
    case duplicates
    case notBooked = "not_booked"
    case balances

    init(_ kind: ImportRow.Kind) {
        switch kind {
        case .spending, .refund: self = .expenses
        case .moneyIn: self = .moneyIn
        case .ownTransfer: self = .ownTransfers
        case .otherCurrency: self = .otherCurrency
        case .notBooked: self = .notBooked
        case .balance: self = .balances
        }
    }
}
