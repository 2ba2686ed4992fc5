/// One record of a file, with the number of the line it begins in, from 1.
package struct CSVRecord: Hashable, Sendable {
    package let line: Int
    package let cells: [String]
    /// A quote was opened in it and never closed.
    package let isUnclosed: Bool
    /// It had more cells than are kept.
    package let isTooWide: Bool

    package init(line: Int, cells: [String], isUnclosed: Bool = false, isTooWide: Bool = false) {
        self.line = line
        self.cells = cells
        self.isUnclosed = isUnclosed
        self.isTooWide = isTooWide
    }

    /// A line without anything in it.
    package var isBlank: Bool { cells.allSatisfy { $0.utf8.allSatisfy { $0 == 32 || $0 == 9 } } }
}
