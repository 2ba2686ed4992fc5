#if PostgreSQL
    import CPostgreSQL
    import SQL

    /// Built-in types (`pg_type.dat` of the server's source).
    enum TypeID {
        static let bool: Oid = 16
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let int4: Oid = 23
        static let text: Oid = 25
    }

    /// A statement that its connection knows by a name from its first use on: by one for each combination of types that it
    /// has been given. A null has none, and the server finds out which it is.
    final class PreparedStatement {
        let sql: String
        private var variants: [[Oid]: Variant] = [:]

        final class Variant {
            let types: [Oid]
            var name = ""
            var isPrepared = false

            init(types: [Oid]) { self.types = types }
        }

        init(_ sql: String) { self.sql = numberedPlaceholders(sql) }

        /// With more values than this, a statement is run once or twice only: it would be larger than what it does.
        private static let maxValues = 64

        /// Nil for one that is not worth keeping.
        func variant(for values: [Value]) -> Variant? {
            guard values.count <= PreparedStatement.maxValues else { return nil }
            let types = PreparedStatement.types(of: values)
            if let known = variants[types] { return known }
            let variant = Variant(types: types)
            variants[types] = variant
            return variant
        }

        static func types(of values: [Value]) -> [Oid] {
            values.map { value in
                switch value {
                case .integer: TypeID.int8
                case .text: TypeID.text
                case .blob: TypeID.bytea
                case .null: 0
                }
            }
        }
    }

    /// Values in the binary form that the server takes, one after the other.
    @safe
    struct Parameters {
        private var bytes: [UInt8] = []
        /// Where each begins; nil for null.
        private var starts: [Int?] = []
        private var lengths: [Int32] = []

        init(_ values: [Value]) {
            for value in values {
                switch value {
                case .integer(let number):
                    begin(8)
                    for shift in stride(from: 56, through: 0, by: -8) {
                        bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
                    }
                case .text(let text):
                    let utf8 =
                        text.utf8.contains(0)
                        ? Array(String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }).utf8) : Array(text.utf8)
                    begin(utf8.count)
                    bytes += utf8
                case .blob(let blob):
                    begin(blob.count)
                    bytes += blob
                case .null:
                    starts.append(nil)
                    lengths.append(0)
                }
            }
        }

        private mutating func begin(_ length: Int) {
            starts.append(bytes.count)
            lengths.append(Int32(length))
        }

        /// The pointers are valid inside `body`.
        func withPointers<Value>(
            _ body: (
                UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
            ) -> Value
        ) -> Value {
            // One more, so that an empty value has an address as well: none would be null.
            let bytes = bytes + [0]
            let formats = [Int32](repeating: 1, count: starts.count)
            return unsafe bytes.withUnsafeBytes { bytes in
                let pointers: [UnsafePointer<CChar>?] = unsafe starts.map { start in
                    unsafe start.flatMap { start in
                        unsafe bytes.baseAddress.map {
                            unsafe ($0 + start).assumingMemoryBound(to: CChar.self)
                        }
                    }
                }
                return unsafe body(pointers, lengths, formats, Int32(starts.count))
            }
        }
    }
#endif
