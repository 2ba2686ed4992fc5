/// The mark before the decimals in the amounts of a file.
package enum DecimalMark: String, CaseIterable, Sendable {
    case point = "."
    case comma = ","

    package var name: String {
        switch self {
        case .point: "a point, as in 1,234.56"
        case .comma: "a comma, as in 1.234,56"
        }
    }
}
