/// All ways to read the amounts of a file.
struct AmountReadings {
    private let columns: TableColumns
    private let choices: ImportChoices
    private(set) var all: [AmountReading] = []
    /// The columns that say of each row whether it is money in.
    let directions: [DirectionColumn]

    /// Columns of numbers that are looked at: each is compared with each.
    private static let maxColumns = 40
    /// Pairs of columns that are looked at; a file with more of them is no list of bookings.
    private static let maxPairs = 200

    /// Of columns of numbers; `date` is none of them.
    init(_ columns: TableColumns, among numeric: [Column], date: Int?, _ choices: ImportChoices) {
        (self.columns, self.choices) = (columns, choices)
        let numeric = Array(numeric.prefix(Self.maxColumns))
        if let chosen = choices.columns[.direction] {
            directions = chosen.map { [DirectionColumn(columns[$0])] } ?? []
        } else {
            directions = columns.directions(besides: date)
        }
        all = readings(among: numeric)
        for index in all.indices { all[index].findBalance(among: numeric, columns) }
        // What another reading explains as its balance is no amount.
        let balances = Set(all.compactMap { $0.balance?.column })
        for index in all.indices
        where all[index].balance == nil && !balances.isDisjoint(with: all[index].amounts.columns) {
            all[index].score -= 15
        }
    }

    private func readings(among numeric: [Column]) -> [AmountReading] {
        let (amount, out, into) = (chosen(.amount), chosen(.moneyOut), chosen(.moneyIn))
        if let amount {
            let directed = directed(amount)
            return directed.isEmpty ? [reading(.signed(amount))] : directed
        }
        if let out, let into, out != into { return [reading(.pair(out: out, in: into))] }
        if let one = out ?? into {
            // The other column is found where it can be, and missing where the user says so.
            let other = out == nil ? choices.columns[.moneyOut] : choices.columns[.moneyIn]
            let pairs = pairs(among: numeric.filter { $0.index != one } + [columns[one]]).filter {
                if case .pair(let first, let second) = $0.amounts {
                    (out == nil ? second : first) == one
                } else {
                    false
                }
            }
            return other == .some(nil) || pairs.isEmpty ? [reading(.signed(one))] : pairs
        }
        let directed = numeric.flatMap { self.directed($0.index) }
        // A chosen column of directions is taken.
        if choices.columns[.direction]?.flatMap(\.self) != nil, !directed.isEmpty { return directed }
        return numeric.map { reading(.signed($0.index)) } + directed + pairs(among: numeric)
    }

    /// A chosen column that has numbers; a choice of another one is as if none was made.
    private func chosen(_ column: ImportChoices.Column) -> Int? {
        choices.columns[column]?.flatMap { columns[$0].numeric > 0 ? $0 : nil }
    }

    private func directed(_ amount: Int) -> [AmountReading] {
        let isChosen = choices.columns[.direction] != nil
        return directions.filter { direction in
            // Where the amounts have signs of their own, letters that may be anything are no directions.
            direction.index != amount && (isChosen || direction.isNamed || !hasBothSigns(columns[amount]))
        }.map { reading(.directed(amount, by: $0.index)) }
    }

    private func hasBothSigns(_ column: Column) -> Bool {
        let values = columns.values(of: column.index)
        return values.contains { ($0 ?? 0) < 0 } && values.contains { ($0 ?? 0) > 0 }
    }

    private func pairs(among numeric: [Column]) -> [AmountReading] {
        var found: [AmountReading] = []
        for out in numeric {
            for into in numeric where into.index != out.index && found.count < Self.maxPairs {
                let isNamed = out[.moneyOut] > 0 && into[.moneyIn] > 0
                let contradicts =
                    out[.moneyIn] > out[.moneyOut] || into[.moneyOut] > into[.moneyIn]
                    || [out, into].contains { $0[.balance] + $0[.fee] + $0[.other] > 0 }
                guard isNamed || !contradicts, isComplementary(out, into, isNamed: isNamed) else { continue }
                found.append(reading(.pair(out: out.index, in: into.index)))
            }
        }
        return found
    }

    /// Whether hardly any row has an amount in both columns.
    private func isComplementary(_ out: Column, _ into: Column, isNamed: Bool) -> Bool {
        let isFilled = zip(out.numbers, into.numbers).map {
            ($0.map { !$0.isZero } ?? false, $1.map { !$0.isZero } ?? false)
        }
        let both = isFilled.count { $0.0 && $0.1 }
        let one = isFilled.count { $0.0 != $0.1 }
        return isNamed
            ? both * 10 <= one
            : both == 0 && one * 10 >= isFilled.count * 9
                && isFilled.contains { $0.0 } && isFilled.contains { $0.1 }
    }

    private func reading(_ amounts: ImportRoles.Amounts) -> AmountReading {
        switch amounts {
        case .signed(let index):
            return AmountReading(
                amounts: amounts, score: score(amount: columns[index]), values: columns.values(of: index))
        case .directed(let index, let direction):
            let found = directions.first { $0.index == direction }
            let directions = found?.directions ?? [:]
            // Letters count where no other column says which way money goes.
            let isNamed = columns[direction][.direction] > 0
            let bonus = isNamed ? 5 : found?.isNamed == true ? 4 : found?.isSure == true ? 2 : 0.5
            let values = zip(columns.values(of: index), columns[direction].cells).map { value, cell in
                value.map { directions[cell] == .out ? -abs($0) : abs($0) }
            }
            return AmountReading(
                amounts: amounts, score: score(amount: columns[index]) + bonus, values: values)
        case .pair(let out, let into):
            let values = zip(columns.values(of: out), columns.values(of: into)).map { out, into -> Int64? in
                if let out, out != 0 { return -abs(out) }
                return into.map { abs($0) }
            }
            let filled = Double(values.count { $0 != nil && $0 != 0 }) / Double(max(values.count, 1))
            var score = 7 + filled * 6 + Double(columns[out][.moneyOut] + columns[into][.moneyIn]) / 4
            if columns[out][.moneyOut] > 0, columns[into][.moneyIn] > 0 { score += 4 }
            score -= (foreignness(columns[out]) + foreignness(columns[into])) / 2
            return AmountReading(amounts: amounts, score: score, values: values)
        }
    }

    private func score(amount column: Column) -> Double {
        var score = column.numeric * 6
        score += Double(max(column[.amount], (column[.moneyOut] + column[.moneyIn]) / 3)) * 0.8
        for role in [ColumnRole.balance, .fee, .other] where column[role] > 0 && column[.amount] < 10 {
            score -= 2 * Double(column[role])
        }
        if column.isRowNumber || column.isIdentifier { score -= 15 }
        if !column.mark.isEmpty { score += 2 }
        if column.numbers.contains(where: { $0?.isSigned == true }) { score += 1 }
        if column.isConstant, column.cells.count > 2 { score -= 3 }
        if column.numbers.allSatisfy({ $0?.isZero ?? true }) { score -= 8 }
        return score - foreignness(column)
    }

    /// How little a column's amounts are those that were booked in the account's currency.
    private func foreignness(_ column: Column) -> Double {
        var points = Double(column[.original]) * 0.5
        let priced = columns.priced[column.index]
        if !priced.currencies.isEmpty, !priced.currencies.contains(columns.currency) { points += 3 }
        if let place = priced.currencyColumn, let currencies = columns[place].currencies {
            let known = currencies.filter { !$0.isEmpty }
            if !known.isEmpty {
                points += 8 * Double(known.count { !$0.contains(columns.currency) }) / Double(known.count) - 1
            }
        } else if priced.currencies.contains(columns.currency) {
            points -= 1
        }
        return points
    }
}
