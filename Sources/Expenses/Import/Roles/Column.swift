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
    }

    subscript(_ role: ColumnRole) -> Int { weights[role] ?? 0 }

    /// Whether the cells are numbers, apart from what stands for none.
    var isNumeric: Bool {
        numeric > 0
            && zip(cells, numbers).allSatisfy { $1 != nil || ImportedNumber.isNothing($0) || $0 == "*" }
            || numeric > 0.9 * filled && numeric > 0
    }

    var isConstant: Bool { distinct == 1 }

    /// 1, 2, 3 …, or down.
    var isRowNumber: Bool {
        let values = numbers.compactMap { $0 }.map { $0.millionths(mark: .point) ?? 0 }
        guard values.count > 2, values.count == cells.count, mark.isEmpty else { return false }
        let step = values[1] - values[0]
        return abs(step) == 1_000_000
            && zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step }
    }

    /// Digits without marks that are as long in each row or begin with a zero: account numbers and the like.
    var isIdentifier: Bool {
        let values = numbers.compactMap { $0 }
        guard !values.isEmpty, mark.isEmpty, !values.contains(where: \.isSigned) else { return false }
        let lengths = Set(values.map { $0.digits.count })
        return values.allSatisfy { $0.digits.count > 1 && $0.digits.first == UInt8(ascii: "0") }
            || lengths.count == 1 && (lengths.first ?? 0) >= 8
    }

    /// Letters in a cell, on average of those that are not empty.
    var letters: Double {
        let full = cells.filter { !$0.isEmpty }
        return full.isEmpty
            ? 0 : Double(full.reduce(0) { $0 + $1.prefix(200).count(where: \.isLetter) }) / Double(full.count)
    }

    /// More digits and marks than letters, as IBANs and identifiers have.
    var isCode: Bool {
        let full = cells.filter { !$0.isEmpty }
        return full.count { cell in
            let letters = cell.count(where: \.isLetter)
            return cell.count(where: \.isNumber) > letters || !cell.contains(" ") && cell.contains("@")
        } * 2 > full.count
    }

    /// The currency of each row; nil in a row without one. Nil for what is no column of currencies.
    func currencies() -> [Currency?]? {
        var known = 0
        var filled = 0
        let found = cells.map { cell -> Currency? in
            guard !cell.isEmpty, cell != "-" else { return nil }
            filled += 1
            guard cell.utf8.count <= 20,
                let (currency, length) = CurrencyName.find(Substring(cell.lowercased())),
                length == cell.count
            else { return nil }
            known += 1
            return currency
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
