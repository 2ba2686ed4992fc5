/// All ways to read the amounts of a file.
struct AmountReadings {
    private let columns: TableColumns
    private let choices: ImportChoices
    private let date: Int?
    private(set) var all: [AmountReading] = []
    /// The columns that say of each row whether it is money in.
    private var directions: [Int] = []

    /// Columns of numbers that are looked at: each is compared with each.
    private static let maxColumns = 40

    /// Of columns of numbers; `date` is none of them.
    init(_ columns: TableColumns, among numeric: [Column], date: Int?, _ choices: ImportChoices) {
        (self.columns, self.choices, self.date) = (columns, choices, date)
        let numeric = Array(numeric.prefix(Self.maxColumns))
        directions = columns.all.filter(mayBeDirection).map(\.index)
        all = readings(among: numeric)
        for index in all.indices { all[index].findBalance(among: numeric, columns) }
        // What another reading explains as its balance is no amount.
        for index in all.indices where all[index].balance == nil {
            let own = all[index].amounts.columns
            if all.contains(where: { other in other.balance.map { own.contains($0.column) } == true }) {
                all[index].score -= 15
            }
        }
    }

    private func readings(among numeric: [Column]) -> [AmountReading] {
        if case .some(.some(let out)) = choices.columns[.moneyOut],
            case .some(.some(let into)) = choices.columns[.moneyIn],
            choices.columns[.amount]?.flatMap(\.self) == nil
        {
            return [reading(.pair(out: out, in: into))]
        }
        if case .some(.some(let amount)) = choices.columns[.amount] {
            let directions = self.directions(besides: amount)
            return directions.isEmpty
                ? [reading(.signed(amount))] : directions.map { reading(.directed(amount, by: $0)) }
        }
        var found: [AmountReading] = []
        for column in numeric {
            found.append(reading(.signed(column.index)))
            for direction in directions(besides: column.index) {
                found.append(reading(.directed(column.index, by: direction)))
            }
        }
        for out in numeric {
            for into in numeric where into.index != out.index {
                let isNamed = out[.moneyOut] > 0 && into[.moneyIn] > 0
                let contradicts =
                    out[.moneyIn] > out[.moneyOut] || into[.moneyOut] > into[.moneyIn]
                    || [out, into].contains { $0[.balance] + $0[.fee] + $0[.other] > 0 }
                guard isNamed || !contradicts, isComplementary(out, into, isNamed: isNamed) else { continue }
                found.append(reading(.pair(out: out.index, in: into.index)))
            }
        }
        if case .some(.some(let chosen)) = choices.columns[.moneyOut] {
            let chosenPairs = found.filter {
                if case .pair(let out, _) = $0.amounts { out == chosen } else { false }
            }
            if !chosenPairs.isEmpty { return chosenPairs }
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

    private func directions(besides amount: Int) -> [Int] {
        if let chosen = choices.columns[.direction] { return chosen.map { [$0] } ?? [] }
        return directions.filter { $0 != amount }
    }

    private func mayBeDirection(_ column: Column) -> Bool {
        guard column.index != date, column.distinct <= 4, column.distinct > 0,
            let directions = BookingDirection.directions(of: Set(column.cells.filter { !$0.isEmpty }))
        else { return false }
        // Empty cells are the other way.
        return Set(directions.values).count > 1 || column.filled < 1 || column[.direction] > 0
    }

    private func reading(_ amounts: ImportRoles.Amounts) -> AmountReading {
        switch amounts {
        case .signed(let index):
            return AmountReading(
                amounts: amounts, score: score(amount: columns[index]), values: columns.values(of: index))
        case .directed(let index, let direction):
            let directions = columns.directions(in: columns[direction])
            let values = zip(columns.values(of: index), columns[direction].cells).map { value, cell in
                value.map { directions[cell] == .out ? -abs($0) : abs($0) }
            }
            return AmountReading(amounts: amounts, score: score(amount: columns[index]) + 4, values: values)
        case .pair(let out, let into):
            let values = zip(columns.values(of: out), columns.values(of: into)).map { out, into -> Int64? in
                if let out, out != 0 { return -abs(out) }
                return into.map { abs($0) }
            }
            let filled = Double(values.count { $0 != nil && $0 != 0 }) / Double(max(values.count, 1))
            var score = 7 + filled * 6 + Double(columns[out][.moneyOut] + columns[into][.moneyIn]) / 4
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
        let priced = columns.priced(column)
        if let currency = priced.currency, currency != columns.currency { points += 3 }
        if let place = priced.currencyColumn, let currencies = columns[place].currencies() {
            let known = currencies.compactMap(\.self)
            if !known.isEmpty {
                points += 8 * Double(known.count { $0 != columns.currency }) / Double(known.count) - 1
            }
        } else if priced.currency == columns.currency {
            points -= 1
        }
        return points
    }
}
