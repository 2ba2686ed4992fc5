/// A line of a file that cannot be added, with the reason.
package struct LeftOutLine: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// It has neither a date nor an amount: a title, a total without a day, a note.
        case noBooking
        case noDate
        /// With the order in which dates are read.
        case unreadableDate(DateOrder)
        case noAmount
        case unreadableAmount(MoneyError)
        case amountsInBothColumns
        /// The column of directions has a word that does not say which way money goes.
        case unknownDirection
        case moreCellsThanHeading
        /// Its amount stands where parts of the booking above have theirs.
        case partOfBookingAbove
        case notBookedYet
        /// It has a date and an amount, but stands above the headings of the table that is read.
        case aboveHeadings
        /// It stands under other headings than those of the table that is read, or is these.
        case otherTable
        case openQuote
        /// Other lines of the file stand in the quotes of one of its cells.
        case linesInQuotes
        /// With the number of cells that a line may have.
        case tooManyCells(Int)
        case longCategory
        case categoryOfSeveralLines
        case longDescription

        /// Whether something is wrong with the line, so that nothing but a person can say what it is.
        package var isProblem: Bool {
            switch self {
            case .noBooking, .partOfBookingAbove, .notBookedYet, .aboveHeadings: false
            case .noDate, .unreadableDate, .noAmount, .unreadableAmount, .amountsInBothColumns,
                .unknownDirection, .otherTable,
                .moreCellsThanHeading, .openQuote, .linesInQuotes, .tooManyCells, .longCategory,
                .categoryOfSeveralLines, .longDescription:
                true
            }
        }
    }

    package let line: Int
    package let reason: Reason
    /// The text that could not be read, or the whole line, cut to 100 characters.
    package let text: String

    /// `text` is what could not be read; nil stands for the whole line.
    init(_ record: CSVRecord, _ reason: Reason, _ text: String? = nil) {
        line = record.line
        self.reason = reason
        let whole = text ?? record.cells.filter { !ImportTable.isBlank($0) }.joined(separator: " · ")
        self.text = String(whole.prefix(100))
    }
}
