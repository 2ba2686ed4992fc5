import Expenses
import Templating

/// The category that each row of a file gets: the one typed for it or its payee, the file's, the one that went with its
/// payee last, or the one for all others.
struct ImportCategories: Sendable {
    /// What was typed, by line.
    private(set) var typed: [Int: String]
    /// What was given to all rows of a payee, by `ImportReading.payeeKey`.
    private(set) var payees: [String: String]
    let fallback: String
    private let last: [String: String]

    /// - Parameter translation: of the name of the category that rows without one go to.
    init(_ form: ImportForm, _ contents: FileImport.Contents, in translation: Translation) {
        typed = form.categories(of: contents.reading.rows)
        payees = form.payees
        fallback = form.fallback ?? DefaultCategories.others.text(in: translation)
        let names = contents.categories.names
        last = contents.lastCategories.compactMapValues { names[$0] }
        if form.step == .spread || form.step == .makeRules { spread(among: contents.reading.rows) }
    }

    func name(of row: ImportRow) -> String {
        if let typed = typed[row.line] { return typed }
        let payee = ImportReading.payeeKey(row.description)
        if let given = payees[payee] { return given }
        return row.category.isEmpty ? last[payee] ?? fallback : row.category
    }

    /// Gives what was typed for a row to all rows of its payee.
    private mutating func spread(among rows: [ImportRow]) {
        guard !typed.isEmpty else { return }
        for row in rows {
            guard let name = typed[row.line] else { continue }
            let payee = ImportReading.payeeKey(row.description)
            guard !payee.isEmpty else { continue }
            payees[payee] = name
            typed[row.line] = nil
        }
    }

    /// What is wrong with a name; nil for one that a category can have.
    static func problem(_ name: String) -> Message? {
        let isTooLong = name.count > Category.longestName || name.utf8.count > Category.longestName * 4
        let hasControl = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isTooLong || hasControl
            ? Message(
                "A category's name is one line of at most {most} characters.", ["most": Category.longestName])
            : nil
    }
}
