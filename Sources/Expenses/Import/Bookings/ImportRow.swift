/// A booking of a file that can be added as an expense.
package struct ImportRow: Hashable, Sendable {
    /// What a booking is, and so whether it is added unless the user says otherwise.
    package enum Kind: String, CaseIterable, Sendable {
        case spending
        case refund
        case moneyIn = "money_in"
        case ownTransfer = "transfer"
        case otherCurrency = "other_currency"
        case notBooked = "not_booked"
        /// A balance, a turnover or a sum.
        case balance

        package var isAddedByDefault: Bool { self == .spending || self == .refund }
    }

    /// Where it stands in the file, from 1.
    package var line: Int
    package var day: Day
    /// Spending is positive, money in negative.
    package var amount: Money
    /// What of the amount is a fee; zero for none.
    package var fee = Money.zero
    /// The name of its category; empty where the file has none.
    package var category: String
    /// Without what nobody reads: repeated blanks, masks of card numbers.
    package var description: String
    /// The description as the file says it.
    package var original: String
    package var kind: Kind
    /// In another currency than the account's: its code.
    package var currency = ""
    /// A rule of the account leaves it out.
    var isLeftOutByRule = false
    /// Money in that says that it is earned or granted, so that it is no refund of the same payee.
    var isEarned = false

    package init(
        line: Int, day: Day, amount: Money, category: String, description: String, kind: Kind = .spending
    ) {
        self.line = line
        self.day = day
        self.amount = amount
        self.category = category
        self.description = description
        original = description
        self.kind = kind
    }

    /// What makes it likely that it is one of the account's expenses.
    package var duplicateKey: DuplicateKey { DuplicateKey(day: day, amount: amount, text: description) }
    /// What makes it likely that one of the account's expenses came from it.
    package var originalKey: DuplicateKey { DuplicateKey(day: day, amount: amount, text: original) }
}

/// What two expenses have in common that are likely to be one.
package struct DuplicateKey: Hashable, Sendable {
    package let day: Day
    package let amount: Money
    let text: String

    package init(day: Day, amount: Money, text: String) {
        self.day = day
        self.amount = amount
        self.text = identityKey(text)
    }
}

extension Expense {
    package var duplicateKey: DuplicateKey {
        DuplicateKey(day: day, amount: amount, text: description)
    }
}
