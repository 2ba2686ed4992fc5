/// Whether spending is negative where no column says so, and whether the file is a card's statement.
struct SignDetection {
    private(set) var sign = AmountSign.spendingPositive
    private(set) var isSure = true
    private(set) var isCard = false

    private let columns: TableColumns
    private let roles: ImportRoles

    init(_ columns: TableColumns, _ roles: ImportRoles, _ choices: ImportChoices) {
        (self.columns, self.roles) = (columns, roles)
        var spendingIsPositive = false
        if case .signed(let index) = roles.amounts {
            if let chosen = choices.sign {
                sign = chosen
            } else if let side = SignDetection.side(index, choices) {
                // Of a column that is money out, most amounts are.
                let isNegative = columns.values(of: index).reduce(0) { $0 + ($1 ?? 0).signum() } < 0
                sign = isNegative == (side == .moneyOut) ? .spendingNegative : .spendingPositive
            } else {
                findSign(columns[index])
            }
            spendingIsPositive = sign == .spendingPositive
        }
        // A card's statement names the card, or counts spending as positive; nothing is earned on it.
        let namesCard = columns.all.contains { BookingWords.card.isIn($0.heading) && $0.filled > 0.5 }
        let hasIncome = columns.rows.contains { BookingWords.income.isIn(telling($0)) }
        isCard = (namesCard || spendingIsPositive && !roles.hasRunningBalance) && !hasIncome
    }

    /// Whether the user says that a column is money out or money in.
    private static func side(_ index: Int, _ choices: ImportChoices) -> ImportChoices.Column? {
        [.moneyOut, .moneyIn].first { choices.columns[$0] == .some(.some(index)) }
    }

    /// By the words beside the amounts, the balance, the heading and signs that stand there without need; by most of the
    /// amounts where nothing else tells, which is no proof where there are some of both kinds.
    private mutating func findSign(_ column: Column) {
        // Balances and sums are no bookings.
        var meanings = BookingMeanings()
        let values = zip(columns.rows, columns.values(of: column.index)).map { row, value in
            let isSum = (roles.texts + roles.kinds).contains { place in
                let text = meanings.text(row.cell(place))
                return text.isBalance && !text.mayBeShop
            }
            return isSum ? nil : value
        }
        let negative = values.count { ($0 ?? 0) < 0 }
        let positive = values.count { ($0 ?? 0) > 0 }
        guard negative + positive > 0 else { return }
        // Above zero: spending is negative.
        var evidence = 0.0
        let words = zip(columns.rows, values).reduce(0) { $0 + vote($1.0, $1.1 ?? 0) }
        if words != 0 {
            evidence += words > 0 ? 4 : -4
        } else {
            let hints = zip(columns.rows, values).reduce(0) { $0 + hint($1.0, $1.1 ?? 0) }
            if hints != 0 { evidence += hints > 0 ? 2.5 : -2.5 }
        }
        if let balance = roles.balance, negative > 0, let grows = balanceGrows(values, columns[balance]) {
            evidence += grows ? 2.5 : -2.5
        }
        // Beside a minus, nobody puts a plus before spending; without any, what has none may be spending.
        let hasPlus = column.numbers.contains { $0?.hasPlus == true }
        if hasPlus, negative > 0 { evidence += 5 }
        // Where credits are marked, the rest is spending.
        if column.numbers.contains(where: { $0?.isCredit != nil }) { evidence -= 10 }
        if column[.moneyOut] > 0, column[.moneyIn] == 0 { evidence -= 2 }
        if column.heading.contains(where: SignDetection.spent.has) { evidence -= 2 }
        let most =
            negative == 0
            ? -4 : positive == 0 ? 4 : 3 * Double(negative - positive) / Double(negative + positive)
        let votes = most + evidence
        sign = votes > 0 ? .spendingNegative : .spendingPositive
        let isProven = negative == 0 || positive == 0 || evidence * votes > 0
        isSure = abs(votes) >= 1 && isProven && !(hasPlus && negative == 0)
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

    /// What a row's words say less clearly: that something was bought, sent or received.
    private func hint(_ row: CSVRecord, _ value: Int64) -> Int {
        let text = telling(row)
        let (isOut, isIn) = (BookingWords.paid.isIn(text), BookingWords.received.isIn(text))
        guard value != 0, isOut != isIn else { return 0 }
        return isIn == (value > 0) ? 1 : -1
    }

    /// Amounts that are called so are what was spent.
    private static let spent = Vocabulary("spent paid cost* price* preis* prix spend* お支払金額 利用金額 支払金額 消费金额")

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
