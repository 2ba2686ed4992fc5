extension Expense {
    package var likeness: ImportRow.Likeness {
        ImportRow.Likeness(day: day, amount: amount, description: identityKey(description))
    }
}

/// All rows of a file, read in a format.
package struct ImportReading: Sendable {
    package private(set) var rows: [ImportRow] = []
    /// The first thousand; see `problemCount`.
    package private(set) var problems: [ImportProblem] = []
    package private(set) var problemCount = 0
    /// The file has more rows than are read.
    package private(set) var isCut = false

    package static let mostRows = 200_000
    private static let mostProblems = 1000

    private let format: ImportFormat
    private let preferences: Preferences

    package init(of file: [UInt8], in format: ImportFormat, _ preferences: Preferences) {
        self.format = format
        self.preferences = preferences
        var reader = CSVReader(format.encoding.decoded(file), delimiter: format.delimiter)
        var number = 0
        while let record = reader.next() {
            number += 1
            guard number > format.skipped, !record.isBlank else { continue }
            guard rows.count < ImportReading.mostRows else {
                isCut = true
                break
            }
            do throws(ImportProblem) {
                rows.append(try row(record))
            } catch {
                problemCount += 1
                if problems.count < ImportReading.mostProblems { problems.append(error) }
            }
        }
    }

    private func row(_ record: CSVRecord) throws(ImportProblem) -> ImportRow {
        func problem(_ field: String, _ message: String, _ text: String = "") -> ImportProblem {
            ImportProblem(line: record.line, field: field, message: message, text: String(text.prefix(100)))
        }
        func cell(_ column: Int?) -> String {
            guard let column, column < record.cells.count else { return "" }
            return record.cells[column]
        }
        guard !record.isUnclosed else {
            throw problem("row", "A quote is opened here and never closed.")
        }
        let date = cell(format.columns.date)
        guard let day = ImportedDate(date)?.day(in: format.order) else {
            throw problem(
                "date",
                date.isEmpty
                    ? "There is no date." : "That is no date from 1900 to 2999 read as \(format.order.name).",
                date)
        }
        let amount = try amount(cell, problem)
        let category = text(cell(format.columns.category), keepsBlanks: false)
        guard category.count <= Category.longestName, category.utf8.count <= Category.longestName * 4 else {
            throw problem(
                "category", "A category's name has at most \(Category.longestName) characters.", category)
        }
        guard !category.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw problem("category", "A category's name is one line of text.", category)
        }
        let description = text(cell(format.columns.description), keepsBlanks: format.isOurs)
        guard description.utf8.count <= 2000, description.count <= Expense.longestDescription else {
            throw problem(
                "description", "A description has at most \(Expense.longestDescription) characters.",
                description)
        }
        return ImportRow(
            line: record.line, day: day, amount: amount, category: category, description: description)
    }

    private func amount(
        _ cell: (Int?) -> String, _ problem: (String, String, String) -> ImportProblem
    ) throws(ImportProblem) -> Money {
        func read(_ text: String) throws(ImportProblem) -> Money {
            do throws(MoneyError) {
                return try Money(imported: text, mark: format.mark, in: preferences.currency)
            } catch {
                throw problem("amount", error.message(for: preferences), text)
            }
        }
        if format.columns.debit != nil || format.columns.credit != nil {
            let (debit, credit) = (cell(format.columns.debit), cell(format.columns.credit))
            if ImportReading.isNothing(debit) {
                return .zero - (try read(credit)).magnitude
            }
            guard ImportReading.isNothing(credit) else {
                throw problem("amount", "There is an amount in both columns.", "\(debit) / \(credit)")
            }
            return try read(debit).magnitude
        }
        let money = try read(cell(format.columns.amount))
        switch cell(format.columns.kind).lowercased() {
        case "expense", "withdrawal", "debit": return money.magnitude
        case "income", "deposit", "credit": return .zero - money.magnitude
        case let kind where kind.hasPrefix("transfer") || kind.contains("balance"):
            throw problem("row", "A transfer is no expense.", kind)
        default: return format.sign == .spendingNegative ? .zero - money : money
        }
    }

    /// Empty, or a zero that fills the other half of a pair.
    private static func isNothing(_ text: String) -> Bool {
        text.allSatisfy { $0.isWhitespace || $0 == "0" || $0 == "." || $0 == "," || $0 == "-" }
    }

    /// Text as it was before a `'` was put in front of what looks like a formula.
    private func text(_ cell: String, keepsBlanks: Bool) -> String {
        var text = cell[...]
        if text.first == "'" || text.utf8.first == UInt8(ascii: "'"), CSVWriter.beginsLikeFormula(cell) {
            text = Substring(cell.unicodeScalars.dropFirst())
        }
        guard !keepsBlanks else { return String(text) }
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
