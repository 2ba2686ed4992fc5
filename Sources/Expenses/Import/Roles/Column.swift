/// A column with its heading and what its cells hold in the first rows.
struct Column {
    let index: Int
    let heading: [String]
    let weights: [ColumnRole: Int]
    let cells: [String]
    let numbers: [ImportedNumber?]
    /// Shares of the rows, 0 to 1.
    let filled: Double
    let dated: Double
    let numeric: Double
    /// Different contents, without empty ones.
    let distinct: Int
    /// What stands before decimals in its numbers.
    let mark: MarkEvidence
    /// The cells are numbers, apart from what stands for none.
    let isNumeric: Bool
    /// 1, 2, 3 …, or down.
    let isRowNumber: Bool
    /// Digits without marks that are as long in each row or begin with a zero: account numbers and the like.
    let isIdentifier: Bool
    /// Letters in a cell, on average of those that are not empty.
    let letters: Double
    /// More digits and marks than letters, as IBANs and identifiers have.
    let isCode: Bool
    /// The currencies that each row's cell may stand for; empty in a row without one. Nil for what is no column of currencies.
    let currencies: [[Currency]]?

    init(_ index: Int, _ table: ImportTable, _ currency: Currency) {
        self.index = index
        heading = table.headings[index]
        let heading = heading
        weights = Dictionary(
            uniqueKeysWithValues: ColumnRole.allCases.map { ($0, $0.weight(of: heading)) })
        // Nothing but a text is that long, and its beginning tells as much.
        let cells = table.rows.map { row in
            let cell = Substring(row.cell(index)).trimmed
            return String(cell.utf8.count > 4000 ? cell.prefix(1000) : cell)
        }
        self.cells = cells
        numbers = cells.map { ImportedNumber($0) }
        let count = Double(max(cells.count, 1))
        let full = cells.filter { !$0.isEmpty }
        filled = Double(full.count) / count
        dated = Double(full.count { ImportedDate($0) != nil }) / count
        numeric = Double(numbers.count { $0 != nil }) / count
        distinct = Set(full).count
        mark = MarkEvidence(numbers.compactMap(\.self), currency)
        isNumeric =
            numeric > 0
            && (numeric > 0.9 * filled
                || zip(cells, numbers).allSatisfy { $1 != nil || ImportedNumber.isNothing($0) || $0 == "*" })
        isRowNumber = Column.isRowNumber(numbers, mark)
        isIdentifier = Column.isIdentifier(numbers.compactMap(\.self), mark)
        letters =
            full.isEmpty
            ? 0 : Double(full.reduce(0) { $0 + $1.prefix(200).count(where: \.isLetter) }) / Double(full.count)
        isCode = Column.isCode(full)
        currencies = Column.currencies(cells)
    }

    subscript(_ role: ColumnRole) -> Int { weights[role] ?? 0 }

    var isConstant: Bool { distinct == 1 }

    private static func isRowNumber(_ numbers: [ImportedNumber?], _ mark: MarkEvidence) -> Bool {
        let values = numbers.compactMap { $0 }.map { $0.millionths(mark: .point) ?? 0 }
        guard values.count > 2, values.count == numbers.count, mark.isEmpty else { return false }
        let step = values[1] - values[0]
        return abs(step) == 1_000_000
            && zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step }
    }

    private static func isIdentifier(_ numbers: [ImportedNumber], _ mark: MarkEvidence) -> Bool {
        guard !numbers.isEmpty, mark.isEmpty, !numbers.contains(where: \.isSigned) else { return false }
        let lengths = Set(numbers.map { $0.digits.count })
        return numbers.allSatisfy { $0.digits.count > 1 && $0.digits.first == UInt8(ascii: "0") }
            || lengths.count == 1 && (lengths.first ?? 0) >= 8
    }

    private static func isCode(_ full: [String]) -> Bool {
        full.count { cell in
            let letters = cell.count(where: \.isLetter)
            return cell.count(where: \.isNumber) > letters || !cell.contains(" ") && cell.contains("@")
        } * 2 > full.count
    }

    private static func currencies(_ cells: [String]) -> [[Currency]]? {
        var (known, filled) = (0, 0)
        let found = cells.map { cell -> [Currency] in
            guard !cell.isEmpty, cell != "-" else { return [] }
            filled += 1
            guard let currencies = CurrencyName.currencies(called: cell) else { return [] }
            known += 1
            return currencies
        }
        return filled > 0 && known * 10 >= filled * 9 ? found : nil
    }
}

/// How often numbers show that a point or a comma stands before their decimals.
struct MarkEvidence {
    private(set) var point = 0
    private(set) var comma = 0
    /// Numbers in which it may be either, with three digits behind it.
    private(set) var eitherPoint = 0
    private(set) var eitherComma = 0
    private var plain = 0

    init(_ numbers: [ImportedNumber], _ currency: Currency) {
        for number in numbers {
            switch number.mark(in: currency) {
            case .none: plain += 1
            case .decimal(.point), .groups(.comma): point += 1
            case .decimal(.comma), .groups(.point): comma += 1
            case .either(.point): eitherPoint += 1
            case .either(.comma): eitherComma += 1
            }
        }
    }

    /// No number has a mark.
    var isEmpty: Bool { point + comma + eitherPoint + eitherComma == 0 }

    /// The mark, and whether it is sure; nil where nothing tells.
    var mark: (mark: DecimalMark, isSure: Bool)? {
        if point + comma > 0 { return (point >= comma ? .point : .comma, min(point, comma) == 0) }
        guard eitherPoint + eitherComma > 0 else { return nil }
        let grouping: DecimalMark = eitherPoint > eitherComma ? .comma : .point
        // Decimals would stand in every row: where whole numbers stand beside them, thousands are grouped.
        return (grouping, plain > 0)
    }

    static func + (left: MarkEvidence, right: MarkEvidence) -> MarkEvidence {
        var sum = left
        sum.point += right.point
        sum.comma += right.comma
        sum.eitherPoint += right.eitherPoint
        sum.eitherComma += right.eitherComma
        sum.plain += right.plain
        return sum
    }
}
