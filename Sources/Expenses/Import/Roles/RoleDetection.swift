/// Gives each column a role, by its heading and by what its cells hold together: of all ways to read the amounts, the one
/// with the fewest contradictions.
struct RoleDetection {
    private let columns: TableColumns
    private let choices: ImportChoices
    private(set) var roles = ImportRoles()

    /// Readings whose scores lie as close are asked about.
    private static let margin = 3.0
    /// Columns of kinds, and of statuses, that are looked at in each row.
    private static let maxKinds = 8

    init(_ table: ImportTable, _ choices: ImportChoices, _ currency: Currency) {
        var choices = choices
        // A column that the file does not have was chosen for another file.
        choices.columns = choices.columns.filter { choice in
            choice.value.map(table.titles.indices.contains) ?? true
        }
        self.choices = choices
        columns = TableColumns(table, currency)
        roles.titles = table.titles
        roles.headerLine = table.header?.line
        findDate()
        findAmounts()
        findCategories()
        findStatusAndKinds()
        findTexts()
        let signs = SignDetection(columns, roles, choices)
        roles.sign = signs.sign
        roles.isCard = signs.isCard
        if !signs.isSure { roles.questions.append(.sign) }
    }

    private mutating func findDate() {
        if let chosen = choices.columns[.date] {
            roles.date = chosen
        } else {
            roles.date =
                columns.all.filter { $0.dated > 0.3 && !$0.isDateOfSomethingElse }.max {
                    score(date: $0) < score(date: $1)
                }?.index
            // A count of days looks like any number, so the heading has to say what it is.
            if roles.date == nil {
                roles.date =
                    columns.all.first { column in
                        column[.date] > 0 && column.filled > 0.5
                            && column.cells.allSatisfy { $0.isEmpty || ImportedDate.day(serial: $0) != nil }
                    }?.index
                roles.isSerial = roles.date != nil
            }
        }
        guard let date = roles.date, date < columns.all.count else {
            roles.questions.append(.date)
            return
        }
        if columns[date].dated == 0 {
            roles.isSerial = columns[date].cells.contains { ImportedDate.day(serial: $0) != nil }
            // A chosen column without a date.
            if !roles.isSerial, !columns.rows.isEmpty { roles.questions.append(.date) }
        }
    }

    private func score(date column: Column) -> Double {
        let heading = column[.date] == 0 ? 0 : column[.valueDate] > 0 ? 2.0 : 4.0
        // Without names, a day is likelier than the time at which something was recorded.
        let timed = column[.date] == 0 && column.cells.contains { $0.utf8.count > 12 } ? 0.5 : 0
        // The first of several that are as good.
        return heading - timed + column.dated * 8 - Double(column.index) / 1000
    }

    private mutating func findAmounts() {
        let numeric = columns.all.filter { $0.isNumeric && $0.index != roles.date && $0.dated < 0.5 }
        let found = AmountReadings(columns, among: numeric, date: roles.date, choices)
        let readings = found.all
        roles.comparedReadings = readings.count
        guard let best = readings.max(by: { $0.score < $1.score }) else {
            roles.questions.append(.amount)
            return
        }
        roles.amounts = best.amounts
        if case .directed(_, let place) = best.amounts {
            let direction = found.directions.first { $0.index == place }
            roles.directions = direction?.directions ?? [:]
            if direction?.isSure == false, best.balance == nil, choices.columns[.direction] == nil,
                direction?.isLikely != true || incomeVotes(best.values) <= 0
            {
                roles.questions.append(.directionColumn)
            }
        }
        roles.hasRunningBalance = best.balance != nil
        roles.balance = best.balance?.column ?? columns.all.first { $0[.balance] >= 6 && $0.isNumeric }?.index
        findMark()
        findCurrency(best.amounts, numeric)
        findFee(best, numeric)
        findUsualSigns(best.amounts)
        let chosen = [ImportChoices.Column.amount, .moneyOut, .moneyIn].filter {
            choices.columns[$0]?.flatMap(\.self) != nil
        }
        guard chosen.isEmpty else {
            let isTaken = chosen.contains {
                choices.columns[$0]?.map(best.amounts.columns.contains) == true
            }
            // A column that holds no amounts answers nothing.
            if !isTaken { roles.questions.append(chosen.contains(.amount) ? .amount : .direction) }
            return
        }
        if readings.contains(where: { $0.score > best.score - Self.margin && $0.differs(from: best) }) {
            roles.questions.append(.amount)
        }
        if case .pair(let out, let into) = best.amounts, best.balance == nil, columns[out][.moneyOut] == 0,
            columns[into][.moneyIn] == 0
        {
            orient(out, into, best.values)
        }
    }

    /// Tells the two columns of a pair without names apart: by a minus, or by words of income beside the amounts.
    private mutating func orient(_ first: Int, _ second: Int, _ values: [Int64?]) {
        func negative(_ index: Int) -> Bool { columns[index].numbers.contains { $0?.isNegative == true } }
        let votes = (negative(first) ? 1 : 0) - (negative(second) ? 1 : 0) + incomeVotes(values)
        if votes == 0 { roles.questions.append(.direction) }
        if votes < 0 { roles.amounts = .pair(out: second, in: first) }
    }

    /// Rows of money in with words of income, less such rows of money out.
    private func incomeVotes(_ values: [Int64?]) -> Int {
        zip(columns.rows, values).reduce(0) { votes, entry in
            guard let value = entry.1, value != 0,
                entry.0.cells.contains(where: {
                    BookingWords.income.isIn(Vocabulary.words(of: $0))
                })
            else { return votes }
            return votes + (value > 0 ? 1 : -1)
        }
    }

    private mutating func findMark() {
        if let chosen = choices.decimalMark {
            roles.mark = chosen
            return
        }
        var evidence = MarkEvidence([], columns.currency)
        for column in roles.amounts?.columns ?? [] { evidence = evidence + columns[column].mark }
        if let (mark, isSure) = evidence.mark, isSure {
            roles.mark = mark
        } else {
            let file = columns.fileMark
            roles.mark = evidence.point + evidence.comma > 0 ? evidence.mark?.mark ?? file.mark : file.mark
            let isSure = evidence.isEmpty || (evidence.point + evidence.comma == 0 && file.isSure)
            if !isSure { roles.questions.append(.decimalMark) }
        }
    }

    private mutating func findCurrency(_ amounts: ImportRoles.Amounts, _ numeric: [Column]) {
        let places = amounts.columns
        let booked = columns.priced[places[0]]
        let isNamed = booked.currencyColumn != nil || !booked.currencies.isEmpty
        roles.booked =
            isNamed
            ? booked : .init(column: places[0], currencyColumn: nil, currencies: columns.currencies)
        roles.others = numeric.filter { column in
            !places.contains(column.index) && !column.isIdentifier && column[.balance] == 0
                && column[.fee] == 0
                && column[.other] == 0 && column.index != roles.balance
                && (column[.amount] > 0 || column[.currency] > 0
                    || columns.priced[column.index].currencies.contains(columns.currency))
        }.map { columns.priced[$0.index] }.filter { !$0.currencies.isEmpty || $0.currencyColumn != nil }
    }

    /// A fee belongs to its row, unless the balance shows that the amount has it in it.
    private mutating func findFee(_ best: AmountReading, _ numeric: [Column]) {
        guard best.balance == nil,
            let fee = numeric.first(where: { column in
                column[.fee] > 0 && column[.other] == 0 && !best.amounts.columns.contains(column.index)
                    && column.numbers.contains { $0.map { !$0.isZero } ?? false }
            })
        else { return }
        let isNet = best.amounts.columns.contains { index in
            columns[index].heading.contains { ["net", "netto", "total"].contains($0) }
        }
        if !isNet { roles.fee = fee.index }
    }

    /// Where all or most amounts of a column, or of a direction, have a minus, it says no more than the column does.
    private mutating func findUsualSigns(_ amounts: ImportRoles.Amounts) {
        func isUsuallyNegative(_ values: [Int64]) -> Bool {
            let negative = values.count { $0 < 0 }
            return negative * 2 > values.count
        }
        switch amounts {
        case .signed: break
        case .pair(let out, let into):
            for index in [out, into]
            where isUsuallyNegative(columns.values(of: index).compactMap(\.self).filter { $0 != 0 }) {
                roles.negativeColumns.insert(index)
            }
        case .directed(let index, let direction):
            var values: [String: [Int64]] = [:]
            for (number, cell) in zip(columns[index].numbers, columns[direction].cells) {
                guard let number else { continue }
                values[cell, default: []].append(number.isNegative ? -1 : 1)
            }
            for (cell, values) in values where isUsuallyNegative(values) {
                roles.negativeDirections.insert(cell)
            }
        }
    }

    private var taken: Set<Int> {
        var taken = Set(roles.amounts?.columns ?? [])
        if let date = roles.date { taken.insert(date) }
        if let balance = roles.balance { taken.insert(balance) }
        if let fee = roles.fee { taken.insert(fee) }
        return taken
    }

    private mutating func findCategories() {
        if let chosen = choices.columns[.category] {
            roles.category = chosen
            return
        }
        let named = columns.all.filter {
            $0[.category] > 0 && !$0.isNumeric && $0.filled > 0 && !taken.contains($0.index)
                && !$0.heading.contains("group")
                && !$0.heading.contains("split")
        }
        roles.category = named.filter { $0[.subcategory] == 0 }.max { $0[.category] < $1[.category] }?.index
        roles.subcategory = named.first { $0[.subcategory] > 0 }?.index
    }

    private mutating func findStatusAndKinds() {
        for column in columns.all
        where !taken.contains(column.index) && column.index != roles.category && !column.isNumeric {
            if column[.status] > 0 || column.isStatus {
                if roles.statuses.count < Self.maxKinds { roles.statuses.append(column.index) }
            } else if column[.kind] > 0, column.distinct > 0, roles.kinds.count < Self.maxKinds {
                roles.kinds.append(column.index)
            }
        }
        if case .directed(_, let direction) = roles.amounts, !roles.kinds.contains(direction) {
            roles.kinds.append(direction)
        }
        roles.hasTrackerKinds = roles.kinds.contains { index in
            let words = Set(columns[index].cells.map { Vocabulary.words(of: $0).joined(separator: " ") })
            return !words.isDisjoint(with: [
                "expense", "income", "ausgabe", "einnahme", "depense", "gasto", "withdrawal",
            ])
        }
        roles.account =
            columns.all.first { column in
                column[.other] > 0
                    && column.heading.contains { $0.hasPrefix("account") || $0 == "konto" || $0 == "wallet" }
                    && column.letters > 2 && !column.isCode
            }?.index
    }

    private mutating func findTexts() {
        let others = roles.statuses + [roles.category, roles.subcategory, roles.account].compactMap(\.self)
        let texts = TextColumns(columns, kinds: roles.kinds, excluded: taken.union(others))
        (roles.texts, roles.senders, roles.recipients) = (texts.all, texts.senders, texts.recipients)
        if case .some(let chosen) = choices.columns[.text] {
            roles.texts = chosen.map { chosen in [chosen] + texts.all.filter { $0 != chosen } } ?? []
            (roles.senders, roles.recipients) = ([], [])
        }
    }
}

extension Column {
    /// A day that is in the heading's words no day of a booking: of birth, of a statement, when it was exported.
    fileprivate var isDateOfSomethingElse: Bool {
        heading.contains { ["export", "birth", "statement"].contains($0) }
    }

    /// Its cells are words that say whether something was booked.
    fileprivate var isStatus: Bool {
        let texts = Set(cells.filter { !$0.isEmpty })
        guard (1...5).contains(texts.count), cells.count > texts.count, filled > 0.8 else { return false }
        return texts.allSatisfy { text in
            let words = Vocabulary.words(of: text)
            return words.count < 4 && (BookingWords.booked.isIn(words) || BookingWords.notBooked.isIn(words))
        }
    }
}
