/// The rows of a file that are added, or left out, for one reason.
package enum ImportGroup: String, CaseIterable, Sendable {
    /// Spending and refunds.
    case expenses
    case moneyIn = "money_in"
    case ownTransfers = "transfers"
    case otherCurrency = "other_currency"
    /// Spending and refunds that the account is likely to have.
    case duplicates
    /// The same of what is in the bin.
    case deleted
    /// Rows that a rule of the account leaves out.
    case leftOutByRule = "rules"
    case notBooked = "not_booked"
    case balances

    init(_ row: ImportRow) {
        switch row.kind {
        case .spending, .refund: self = row.isLeftOutByRule ? .leftOutByRule : .expenses
        case .moneyIn: self = row.isLeftOutByRule ? .leftOutByRule : .moneyIn
        case .ownTransfer: self = .ownTransfers
        case .otherCurrency: self = .otherCurrency
        case .notBooked: self = .notBooked
        case .balance: self = .balances
        }
    }
}
