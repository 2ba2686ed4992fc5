/// The rows of a file beside what is there already.
package struct ImportPreview: Sendable {
    /// What a row is likely to be a double of.
    package enum Original: Hashable, Sendable {
        /// An earlier row of the file, by its line.
        case line(Int)
        case expense(Expense.ID)
    }

    package let rows: [ImportRow]
    /// The likely doubles by their place in `rows`.
    package let doubles: [Int: Original]

    /// Rows shown whatever they are, and likely doubles shown beside them.
    private static let firstShown = 200
    private static let mostDoublesShown = 1000

    /// `existing` holds every expense that is like one of the rows.
    package init(_ rows: [ImportRow], existing: [ImportRow.Likeness: Expense.ID]) {
        self.rows = rows
        var lines: [ImportRow.Likeness: Int] = [:]
        lines.reserveCapacity(rows.count)
        var doubles: [Int: Original] = [:]
        for (index, row) in rows.enumerated() {
            let likeness = row.likeness
            if let expense = existing[likeness] {
                doubles[index] = .expense(expense)
            } else if let line = lines[likeness] {
                doubles[index] = .line(line)
            } else {
                lines[likeness] = row.line
            }
        }
        self.doubles = doubles
    }

    /// The places of the rows that are shown, in the order of the file.
    package var shown: [Int] {
        let later = doubles.keys.filter { $0 >= ImportPreview.firstShown }.sorted()
        return Array(rows.indices.prefix(ImportPreview.firstShown))
            + later.prefix(ImportPreview.mostDoublesShown)
    }

    /// The rows to add: of those that were `shown`, the `ticked` ones; of the others, all that are no likely doubles.
    /// Oldest entry first, also where the file begins with the newest.
    package func chosen(shown: Set<Int>, ticked: Set<Int>) -> [ImportRow] {
        let chosen = rows.indices.filter { index in
            shown.contains(index) ? ticked.contains(index) : doubles[index] == nil
        }.map { rows[$0] }
        guard let first = chosen.first, let last = chosen.last, first.day > last.day else { return chosen }
        return chosen.reversed()
    }
}
