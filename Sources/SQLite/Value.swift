/// A value that a statement is given. Text is kept as UTF-8, exactly as it is.
package enum Value: Hashable, Sendable {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    package static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
    /// Null where there is no text.
    package static func text(_ text: String?) -> Value { text.map(Value.text) ?? .null }
}
