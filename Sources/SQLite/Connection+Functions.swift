import CSQLite

/// A test of two texts, as UTF-8, that statements can call.
package typealias TextPredicate = @Sendable (_ text: Span<UInt8>, _ argument: Span<UInt8>) -> Bool

/// Keeps a predicate alive for as long as SQLite knows it.
private final class Definition {
    let predicate: TextPredicate
    init(_ predicate: @escaping TextPredicate) { self.predicate = predicate }
}

extension Connection {
    /// Lets statements of this connection call `name(text, argument)`, which is 1 or 0; null counts as empty text.
    /// The schema itself may not use it, so that the file stays readable for other programs.
    package func define(_ name: String, _ predicate: @escaping TextPredicate) throws(SQLiteError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let definition = unsafe Unmanaged.passRetained(Definition(predicate))
        // SQLite hands the definition back to the last closure when it drops the function, also when this call fails.
        let code = unsafe sqlite3_create_function_v2(
            handle, name, 2, flags, definition.toOpaque(), call, nil, nil,
            { if let pointer = unsafe $0 { unsafe Unmanaged<Definition>.fromOpaque(pointer).release() } })
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_create_function_v2", code, on: handle)
        }
    }
}

private func call(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    // SQLite gives the pointer that `define` gave, and as many arguments as were declared: two.
    guard let pointer = unsafe sqlite3_user_data(context), let arguments = unsafe arguments else { return }
    let definition = unsafe Unmanaged<Definition>.fromOpaque(pointer).takeUnretainedValue()
    let text = unsafe bytes(of: arguments[0])
    let argument = unsafe bytes(of: arguments[1])
    unsafe sqlite3_result_int(context, definition.predicate(text.span, argument.span) ? 1 : 0)
}

/// Valid until the function that SQLite has called returns.
private func bytes(of value: OpaquePointer?) -> UnsafeBufferPointer<UInt8> {
    let start = unsafe sqlite3_value_text(value)
    return unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value)))
}
