/// Whether spending is negative where no column says so, and whether the file is a card's statement.
struct SignDetection {
    private(set) var sign = AmountSign.spendingPositive
    private(set) var isSure = true
    private(set) var isCard = false

    private let columns: TableColumns
    private let roles: ImportRoles

    init(_ columns: TableColumns, _ roles: ImportRoles, _ chosen: AmountSign?) {
        (self.columns, self.roles) = (columns, roles)
        var spendingIsPositive = false
        if case .signed(let index) = roles.amounts {
            if let chosen { sign = chosen } else { findSign(columns[index]) }
            spendingIsPositive = sign == .spendingPositive
        }
        // A card's statement names the card, or counts spending as positive; nothing is earned on it.
        let namesCard = columns.all.contains { BookingWords.card.isIn($0.heading) && $0.filled > 0.5 }
        let hasIncome = columns.rows.contains { BookingWords.income.isIn(telling($0)) }
        isCard = (namesCard || spendingIsPositive && !roles.hasRunningBalance) && !hasIncome
    }

    /// By most of the amounts, the words beside them, the balance, and the heading.
    private mutating func findSign(_ column: Column) {
        let values = columns.values(of: column.index)
        let negative = values.count { ($0 ?? 0) < 0 }
        let positive = values.count { ($0 ?? 0) > 0 }
        guard negative + positive > 0 else { return }
        // Above zero: spending is negative.
        var votes =
            negative == 0
            ? -4 : positive == 0 ? 4 : 3 * Double(negative - positive) / Double(negative + positive)
        let words = zip(columns.rows, values).reduce(0) { $0 + vote($1.0, $1.1 ?? 0) }
        if words != 0 { votes += words > 0 ? 4 : -4 }
        if let balance = roles.balance, negative > 0, let grows = balanceGrows(values, columns[balance]) {
            votes += grows ? 2.5 : -2.5
        }
        // Where credits are marked, the rest is spending.
        if column.numbers.contains(where: { $0?.isCredit != nil }) { votes -= 10 }
        if column[.moneyOut] > 0, column[.moneyIn] == 0 { votes -= 2 }
        sign = votes > 0 ? .spendingNegative : .spendingPositive
        isSure = abs(votes) >= 1
    }

    /// What the words of a row say, with its sign: above zero, that spending is negative.
    private func vote(_ row: CSVRecord, _ value: Int64) -> Int {
        guard value != 0 else { return 0 }
        var moneyIn = 0
        let text = telling(row)
        if BookingWords.income.isIn(text), !BookingWords.refund.isIn(text) { moneyIn += 1 }
        if BookingWords.billPaid.isIn(text) { moneyIn += 1 }
        for kind in roles.kinds {
            switch BookingDirection.direction(of: row.cell(kind)) {
            case .into: moneyIn += 1
            case .out: moneyIn -= 1
            case .neither, nil: break
            }
        }
        return value > 0 ? moneyIn : -moneyIn
    }

    private func balanceGrows(_ values: [Int64?], _ column: Column) -> Bool? {
        var reading = AmountReading(amounts: .signed(-1), score: 0, values: values)
        reading.findBalance(among: [column], columns)
        return reading.balance?.grows
    }

    /// The words of the columns that say what a row is.
    private func telling(_ row: CSVRecord) -> [String] {
        (roles.texts + roles.kinds + [roles.category, roles.subcategory].compactMap(\.self)).flatMap {
            Vocabulary.words(of: row.cell($0))
        }
    }
}
