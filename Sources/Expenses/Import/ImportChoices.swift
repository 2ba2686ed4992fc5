/// What the user says about a file; nil takes what the file shows.
package struct ImportChoices: Hashable, Sendable {
    package enum Column: String, CaseIterable, Sendable {
        case date = "date_column"
        case amount = "amount_column"
        case moneyOut = "out_column"
        case moneyIn = "in_column"
        case direction = "direction_column"
        case category = "category_column"
        case text = "description_column"
    }

    package var encoding: TextEncoding?
    package var delimiter: UInt8?
    package var hasHeader: Bool?
    package var dateOrder: DateOrder?
    package var decimalMark: DecimalMark?
    package var sign: AmountSign?
    /// By their place, from 0; an inner nil says that the file has none.
    package var columns: [Column: Int?] = [:]

    package init() {}
}

/// What the sign of an amount says, where no column says it.
package enum AmountSign: String, CaseIterable, Sendable {
    case spendingPositive = "positive"
    case spendingNegative = "negative"
}
