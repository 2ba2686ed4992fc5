/// What a file leaves open. Its raw value is the parameter that answers it.
package enum ImportQuestion: String, CaseIterable, Sendable {
    case encoding
    case date = "date_column"
    case dateOrder = "date_order"
    case decimalMark = "decimal_mark"
    case amount = "amount_column"
    case direction = "out_column"
    /// Whether a column of letters that may be anything says which way money goes.
    case directionColumn = "direction_column"
    case sign
}
