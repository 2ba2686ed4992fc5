/// How the rows of a file are read: what was detected, or what the user has chosen instead.
package struct ImportFormat: Hashable, Sendable {
    package enum Sign: String, CaseIterable, Sendable {
        /// Spending is positive, and what is negative is a refund.
        case spendingPositive = "positive"
        case spendingNegative = "negative"
    }

    /// A column by its place, from 0; nil where the file has none.
    package struct Columns: Hashable, Sendable {
        package var date: Int?
        package var amount: Int?
        /// Amounts spent, where those received stand in a column of their own.
        package var debit: Int?
        package var credit: Int?
        package var category: Int?
        package var description: Int?
        /// Says of each row whether it is spending, income or a transfer.
        package var kind: Int?

        package init() {}
    }

    package var encoding = TextEncoding.utf8
    package var delimiter = UInt8(ascii: ",")
    /// Records before the first row: the header, and what stands above it.
    package var skipped = 0
    package var columns = Columns()
    package var mark = DecimalMark.point
    package var order = DateOrder.yearFirst
    package var sign = Sign.spendingPositive
    /// Whether a `'` before what looks like a formula is taken off, and all else is kept as it is.
    package var isOurs = false

    package init() {}

    /// What a file may be divided by.
    package static let delimiters: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), "comma"), (UInt8(ascii: ";"), "semicolon"), (9, "tab"),
        (UInt8(ascii: "|"), "bar"),
    ]
}
