import CSQLite

/// A form of a text, as UTF-8, that statements can ask for.
package typealias TextTransform = @Sendable (String) -> String

/// Keeps a transform alive for as long as SQLite knows it.
private final class Definition {
    let transform: TextTransform
    init(_ transform: @escaping TextTransform) { self.transform = transform }
}

extension Connection {
    /// Lets statements of this connection call `name(text)`; null counts as empty text. The schema itself may not use it,
    /// so that the file stays readable for other programs.
    package func define(_ name: String, _ transform: @escaping TextTransform) throws(SQLiteError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let definition = unsafe Unmanaged.passRetained(Definition(transform))
        // SQLite hands the definition back to the last closure when it drops the function, also when this call fails.
        let code = unsafe sqlite3_create_function_v2(
            handle, name, 1, flags, definition.toOpaque(), call, nil, nil,
            { if let pointer = unsafe $0 { unsafe Unmanaged<Definition>.fromOpaque(pointer).release() } })
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_create_function_v2", code, on: handle)
        }
    }
}

private func call(
    _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
) {
    // SQLite gives the pointer that `define` gave, and as many arguments as were declared: one.
    guard let pointer = unsafe sqlite3_user_data(context), let arguments = unsafe arguments else { return }
    let definition = unsafe Unmanaged<Definition>.fromOpaque(pointer).takeUnretainedValue()
    // Valid until this returns.
    let start = unsafe sqlite3_value_text(arguments[0])
    let bytes = unsafe UnsafeBufferPointer(
        start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(arguments[0])))
    var result = definition.transform(unsafe String(decoding: bytes, as: UTF8.self))
    result.withUTF8 { bytes in
        guard let start = bytes.baseAddress else { return unsafe csqlite_result_text(context, "", 0) }
        unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
            unsafe csqlite_result_text(context, start, Int32(bytes.count))
        }
    }
}
