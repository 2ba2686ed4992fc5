import Expenses

/// The category that each row of a file gets: the one typed, the file's, the one that went with its payee last, or the
/// one for all others.
struct ImportCategories: Sendable {
    /// What was typed, by line.
    private(set) var typed: [Int: String]
    let fallback: String
    private let last: [String: String]

    init(_ form: ImportForm, _ contents: FileImport.Contents, _ categories: [Category]) {
        typed = form.categories()
        fallback = form.chosen("fallback") ?? FileImport.fallback
        let names = Dictionary(categories.map { ($0.id, $0.name) }) { first, _ in first }
        last = contents.lastCategories.compactMapValues { names[$0] }
        if form.step == .spread { spread(among: contents.reading.rows) }
    }

    func name(of row: ImportRow) -> String {
        if let typed = typed[row.line] { return typed }
        if !row.category.isEmpty { return row.category }
        return last[ImportReading.payeeKey(row.description)] ?? fallback
    }

    /// Gives what was typed for a row to all rows of its payee.
    private mutating func spread(among rows: [ImportRow]) {
        var chosen: [String: String] = [:]
        for row in rows {
            if let name = typed[row.line] { chosen[ImportReading.payeeKey(row.description)] = name }
        }
        chosen[""] = nil
        for row in rows {
            if let name = chosen[ImportReading.payeeKey(row.description)] { typed[row.line] = name }
        }
    }

    /// What is wrong with a name; nil for one that a category can have.
    static func problem(_ name: String) -> String? {
        let isTooLong = name.count > Category.longestName || name.utf8.count > Category.longestName * 4
        let hasControl = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isTooLong || hasControl
            ? "A category's name is one line of at most \(Category.longestName) characters." : nil
    }
}
