/// The mark before the decimals in the amounts of a file.
package enum DecimalMark: String, CaseIterable, Sendable {
    case point = "."
    case comma = ","
}
