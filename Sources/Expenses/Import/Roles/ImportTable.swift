/// The records of a file as a table: where its headings stand, and some of its rows.
struct ImportTable {
    /// The record that names the columns; nil where none does.
    let header: CSVRecord?
    /// The name of each column: its heading, or empty.
    let titles: [String]
    /// The words of each heading.
    let headings: [[String]]
    /// The first rows, without what stands above, between and below them.
    let rows: [CSVRecord]
    /// Whether the headings are words that are known.
    let isHeaderKnown: Bool
    /// The currencies that a line above the headings may name for the whole file; empty where none does.
    let currencies: [Currency]

    /// Records that are looked at.
    private static let sample = 1000
    /// Records among which the headings are sought.
    private static let maxAbove = 100

    /// `hasHeader` is what the user says; nil takes what the file shows.
    init(_ text: ImportText, hasHeader: Bool?) {
        let records = text.records(upTo: ImportTable.sample)
        let telling = records.indices.filter { records[$0].hasDateAndNumber }
        let known = hasHeader == false ? nil : ImportTable.known(records, telling: telling)
        var header = known?.place
        isHeaderKnown = header != nil
        if header == nil, hasHeader != false, let first = telling.first {
            header = ImportTable.unknown(above: first, in: records, mustBe: hasHeader == true)
        }
        if header == nil, hasHeader == true { header = records.isEmpty ? nil : 0 }
        let start = header.map { $0 + 1 } ?? 0
        let end = known?.end ?? records.count
        self.header = header.map { records[$0] }
        let headerWidth = self.header?.cells.count ?? .max
        // A row with more cells than there are headings is not read.
        let rows = telling.filter { $0 >= start && $0 < end }.map { records[$0] }
        let narrow = rows.filter { $0.filledWidth <= headerWidth }
        self.rows = rows.isEmpty ? Array(records.dropFirst(start)) : narrow.isEmpty ? rows : narrow
        var titles = self.header?.cells.map { String(Substring($0).trimmed) } ?? []
        let width = header == nil ? self.rows.map(\.filledWidth).max() ?? 0 : titles.count
        while titles.count < width { titles.append("") }
        self.titles = titles
        headings = titles.map { Array(Vocabulary.words(of: $0).prefix(ImportTable.maxWords)) }
        currencies =
            records.prefix(header ?? telling.first ?? 0).prefix(ImportTable.maxAbove).lazy.compactMap {
                ImportTable.currencies(namedIn: $0)
            }.first ?? []
    }

    /// Words of a heading that are looked at.
    private static let maxWords = 40

    /// The currency beside, or behind, a word for it: `Account currency;CHF`, `Currency: CHF`.
    private static func currencies(namedIn record: CSVRecord) -> [Currency]? {
        let cells = record.cells.prefix(8).flatMap { cell in
            cell.utf8.count > 80 ? [] : cell.split(separator: ":").map { String($0.trimmed) }
        }.filter { !$0.isEmpty }
        for (name, value) in zip(cells, cells.dropFirst())
        where ColumnRole.currency.weight(of: Vocabulary.words(of: name)) >= 6 {
            if let currencies = CurrencyName.currencies(called: value) { return currencies }
        }
        return nil
    }

    /// The headings with the most rows under them, the same ones once more included; of several that have as many, those
    /// that name the most columns. With the place where other headings follow.
    private static func known(
        _ records: [CSVRecord], telling: [Int]
    ) -> (place: Int, end: Int)? {
        let headings = records.indices.prefix(maxAbove).compactMap { place in
            namedColumns(in: records[place]).map { (place: place, named: $0) }
        }
        var best: (score: (rows: Int, named: Int), place: Int, end: Int)?
        for (place, named) in headings {
            let end = headings.first { $0.place > place && records[$0.place].cells != records[place].cells }?
                .place
            let rows = telling.count { $0 > place && $0 < end ?? .max }
            if best == nil || (rows, named) > best!.score {
                best = ((rows, named), place, end ?? records.count)
            }
        }
        return best.map { ($0.place, $0.end) }
    }

    /// How many cells are names of columns; nil unless a date and an amount are among them.
    static func namedColumns(in record: CSVRecord) -> Int? {
        guard record.cells.count > 1, !record.hasDateAndNumber else { return nil }
        var (named, dates, amounts) = (0, 0, 0)
        for cell in record.cells where ImportedNumber(cell) == nil && ImportedDate(cell) == nil {
            guard cell.utf8.count <= 80 else { continue }
            let words = Vocabulary.words(of: cell)
            let roles = ColumnRole.allCases.filter { $0.weight(of: words) >= 6 }
            guard !roles.isEmpty else { continue }
            named += 1
            if roles.contains(.date) || roles.contains(.valueDate) { dates += 1 }
            if roles.contains(where: { [.amount, .moneyOut, .moneyIn].contains($0) }) { amounts += 1 }
        }
        let filled = record.cells.count { !ImportTable.isBlank($0) }
        return named > 1 && dates > 0 && amounts > 0 && named * 3 >= filled ? named : nil
    }

    /// The record above the first row, where its cells are words over columns of dates and numbers.
    private static func unknown(above first: Int, in records: [CSVRecord], mustBe: Bool) -> Int? {
        guard first > 0 else { return nil }
        let (record, row) = (records[first - 1], records[first])
        let isNamed = record.cells.allSatisfy { ImportedNumber($0) == nil && ImportedDate($0) == nil }
        let filled = record.cells.count { !isBlank($0) }
        let fits = filled > 1 && filled * 3 >= row.cells.count * 2
        return mustBe || isNamed && fits ? first - 1 : nil
    }

    static func isBlank(_ cell: String) -> Bool { Substring(cell).trimmed.isEmpty }
}

extension CSVRecord {
    /// The number of cells without empty ones at the end.
    var filledWidth: Int { (cells.lastIndex { !ImportTable.isBlank($0) } ?? -1) + 1 }

    func cell(_ column: Int?) -> String {
        guard let column, column < cells.count else { return "" }
        return cells[column]
    }
}
