/// The columns of a table, and what several of them say together.
struct TableColumns {
    let rows: [CSVRecord]
    let all: [Column]
    /// Whether the headings are words that are known.
    let isHeaderKnown: Bool
    let currency: Currency
    private var values: [[Int64?]] = []
    /// Of each column, as if its numbers were amounts.
    let priced: [ImportRoles.Priced]
    /// What a line above the headings says of the whole file; empty where none does.
    let currencies: [Currency]

    init(_ table: ImportTable, _ currency: Currency) {
        rows = table.rows
        isHeaderKnown = table.isHeaderKnown
        self.currency = currency
        all = table.titles.indices.map { Column($0, table, currency) }
        priced = TableColumns.priced(all, table)
        currencies = table.currencies
        let fileMark = fileMark.mark
        values = all.map { column in
            let mark = column.mark.mark?.mark ?? fileMark
            return column.numbers.map { number in
                number.flatMap { number in
                    number.millionths(mark: mark).map { value in
                        number.isCredit == nil ? value : number.isCredit == true ? abs(value) : -abs(value)
                    }
                }
            }
        }
    }

    subscript(_ index: Int) -> Column { all[index] }

    /// The numbers of a column in millionths; nil where a cell has none.
    func values(of index: Int) -> [Int64?] { values[index] }

    /// The mark in the numbers of all columns that may be amounts.
    var fileMark: (mark: DecimalMark, isSure: Bool) {
        var evidence = MarkEvidence([], currency)
        for column in all where column.isNumeric && column[.other] == 0 && column.dated < 0.5 {
            evidence = evidence + column.mark
        }
        return evidence.mark ?? (.point, true)
    }

    /// The currency of each column's amounts: that of its heading, or of the column that goes with it.
    private static func priced(_ all: [Column], _ table: ImportTable) -> [ImportRoles.Priced] {
        // What sets an amount and its currency apart from others; words for "original" are one.
        func telling(_ heading: [String]) -> Set<String> {
            Set(
                heading.compactMap { word in
                    if ColumnRole.original.weight(of: [word]) > 0 { return "original" }
                    let isUsual = [ColumnRole.currency, .amount].contains { $0.weight(of: [word]) > 0 }
                    return isUsual ? nil : word
                })
        }
        let candidates = all.filter {
            $0.currencies != nil && ($0[.currency] > 0 || $0.heading.isEmpty || !table.isHeaderKnown)
        }.prefix(maxCurrencyColumns).map { (index: $0.index, words: telling($0.heading)) }
        return all.map { column in
            let named = column.heading.lazy.compactMap { word in
                word.count == 3 || word.hasPrefix("euro")
                    || word.unicodeScalars.contains { $0.value > 0x2E80 }
                    ? CurrencyName.find(Substring(word))?.0 : nil
            }.first
            if let named { return .init(column: column.index, currencyColumn: nil, currencies: named) }
            if table.titles[column.index].contains("€") {
                return .init(
                    column: column.index, currencyColumn: nil,
                    currencies: [Currency(code: "EUR")].compactMap(\.self))
            }
            let own = telling(column.heading)
            func rank(_ other: (index: Int, words: Set<String>)) -> (Int, Int, Int) {
                let common =
                    other.words.intersection(own).count * 2 - other.words.symmetricDifference(own).count
                let distance = other.index - column.index
                return (common, distance == 1 ? 2 : distance == -1 ? 1 : 0, -abs(distance))
            }
            let best = candidates.filter { $0.index != column.index }.max { rank($0) < rank($1) }
            return .init(column: column.index, currencyColumn: best?.index, currencies: [])
        }
    }

    /// The columns that may say of each row whether it is money in, the likeliest first. `date` is none of them.
    func directions(besides date: Int?) -> [DirectionColumn] {
        let found = all.filter { $0.index != date && $0.distinct <= 4 && $0.distinct > 0 }.compactMap {
            column in
            let direction = DirectionColumn(column)
            // Empty cells are the other way.
            let tells = Set(direction.words.values).count > 1 || column.filled < 1 || column[.direction] > 0
            return direction.words.isEmpty || !tells ? nil : direction
        }
        return Array(
            (found.filter { self[$0.index][.direction] > 0 }
                + found.filter { self[$0.index][.direction] == 0 })
                .prefix(Self.maxDirectionColumns))
    }

    private static let maxCurrencyColumns = 8
    private static let maxDirectionColumns = 4
}

/// A column that may say of each row whether it is money in.
struct DirectionColumn {
    let index: Int
    /// What each text in it says, without the empty one.
    let words: [String: BookingDirection]
    /// Whether its heading or its words say so: `A` and `B` may be anything.
    let isNamed: Bool
    /// Whether its letters are initials of debit and credit, so that little is needed to be sure of them.
    let isLikely: Bool
    /// Whether there is no doubt, unless the amounts have signs of their own.
    let isSure: Bool

    init(_ column: Column) {
        index = column.index
        let texts = Set(column.cells.filter { !$0.isEmpty })
        // `D` and `A` under "Dare/Avere".
        if let (out, into) = ColumnRole.bothWays(column.heading), out.first != into.first,
            texts.allSatisfy({ $0.lowercased() == out.prefix(1) || $0.lowercased() == into.prefix(1) })
        {
            let ways = texts.map { ($0, $0.lowercased() == out.prefix(1) ? BookingDirection.out : .into) }
            words = Dictionary(uniqueKeysWithValues: ways)
            (isNamed, isLikely, isSure) = (true, true, true)
            return
        }
        let found = BookingDirection.directions(of: texts)
        words = found?.directions ?? [:]
        isLikely = found?.letters == .known
        isNamed = found?.letters == nil || column[.direction] > 0
        isSure = isNamed || isLikely && column[.kind] > 0
    }

    /// What a text of a row says; what is empty is the other way.
    func direction(of text: String) -> BookingDirection? {
        text.isEmpty ? (words.values.contains(.out) ? .into : .out) : words[text]
    }

    /// What each text says, the empty one too.
    var directions: [String: BookingDirection] { words.merging(["": direction(of: "") ?? .out]) { $1 } }
}
