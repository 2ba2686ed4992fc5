import CSQLite

/// A function of one text that statements can call, for as long as SQLite knows it.
package final class TextFunction {
    /// A form of a text, as UTF-8.
    package typealias Transform = @Sendable (String) -> String

    private let transform: Transform

    init(_ transform: @escaping Transform) {
        self.transform = transform
    }

    /// What SQLite calls with the pointer that `Connection.define` gave, and as many arguments as were declared: one.
    static func call(
        _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
    ) {
        guard let pointer = unsafe sqlite3_user_data(context), let arguments = unsafe arguments else {
            return
        }
        let function = unsafe Unmanaged<TextFunction>.fromOpaque(pointer).takeUnretainedValue()
        // Valid until this returns.
        let start = unsafe sqlite3_value_text(arguments[0])
        let bytes = unsafe UnsafeBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(arguments[0])))
        var result = function.transform(unsafe String(decoding: bytes, as: UTF8.self))
        result.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return unsafe csqlite_result_text(context, "", 0) }
            unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                unsafe csqlite_result_text(context, start, Int32(bytes.count))
            }
        }
    }
}
