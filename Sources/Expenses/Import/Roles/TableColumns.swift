/// The columns of a table, and what several of them say together.
struct TableColumns {
    let rows: [CSVRecord]
    let all: [Column]
    /// Whether the headings are words that are known.
    let isHeaderKnown: Bool
    let currency: Currency
    private let titles: [String]
    private var values: [[Int64?]] = []

    init(_ table: ImportTable, _ currency: Currency) {
        rows = table.rows
        titles = table.titles
        isHeaderKnown = table.isHeaderKnown
        self.currency = currency
        all = table.titles.indices.map { Column($0, table, currency) }
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

    /// The currency of a column of amounts: that of its heading, or of the column that goes with it.
    func priced(_ column: Column) -> ImportRoles.Priced {
        let named =
            column.heading.lazy.compactMap { word in
                word.count == 3 || word.hasPrefix("euro")
                    || word.unicodeScalars.contains { $0.value > 0x2E80 }
                    ? CurrencyName.find(Substring(word))?.0 : nil
            }.first ?? (titles[column.index].contains("€") ? Currency(code: "EUR") : nil)
        if let named { return .init(column: column.index, currencyColumn: nil, currency: named) }
        let candidates = all.filter {
            $0.index != column.index && $0.currencies() != nil
                && ($0[.currency] > 0 || $0.heading.isEmpty || !isHeaderKnown)
        }
        func telling(_ heading: [String]) -> Set<String> {
            Set(
                heading.filter {
                    ColumnRole.currency.weight(of: [$0]) == 0 && ColumnRole.amount.weight(of: [$0]) == 0
                })
        }
        let own = telling(column.heading)
        let best = candidates.max { left, right in
            func rank(_ other: Column) -> (Int, Int, Int) {
                let words = telling(other.heading)
                let common = words.intersection(own).count * 2 - words.symmetricDifference(own).count
                let distance = other.index - column.index
                return (common, distance == 1 ? 2 : distance == -1 ? 1 : 0, -abs(distance))
            }
            return rank(left) < rank(right)
        }
        return .init(column: column.index, currencyColumn: best?.index, currency: nil)
    }

    /// What each text in a column of directions says; what is empty is the other way.
    func directions(in column: Column) -> [String: BookingDirection] {
        var directions = BookingDirection.directions(of: Set(column.cells.filter { !$0.isEmpty })) ?? [:]
        directions[""] = directions.values.contains(.out) ? .into : .out
        return directions
    }
}
