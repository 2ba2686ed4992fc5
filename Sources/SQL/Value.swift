/// A value that a statement of any engine is given. Text is UTF-8; SQLite keeps it exactly as it is, a PostgreSQL server
/// keeps U+FFFD in the place of NUL, which it cannot store.
package enum Value: Hashable, Sendable {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    package static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
    /// Null where there is no text.
    package static func text(_ text: String?) -> Value { text.map(Value.text) ?? .null }
}
