/// One record of a file, with the number of the line it begins in, from 1.
package struct CSVRecord: Hashable, Sendable {
    package let line: Int
    package let cells: [String]
    /// A quote was opened and never closed, so that the record runs to the end of the file.
    package let isUnclosed: Bool

    package init(line: Int, cells: [String], isUnclosed: Bool = false) {
        self.line = line
        self.cells = cells
        self.isUnclosed = isUnclosed
    }

    /// A line without anything in it.
    package var isBlank: Bool { cells.allSatisfy { $0.utf8.allSatisfy { $0 == 32 || $0 == 9 } } }
}
