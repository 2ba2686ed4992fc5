#if PostgreSQL
    import CPostgreSQL
    package import SQL

    /// Built-in types (`pg_type.dat` of the server's source).
    enum TypeID {
        static let bool: Oid = 16
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let int4: Oid = 23
        static let text: Oid = 25
    }

    /// A statement that its connection knows by a name, from its first use on.
    final class PreparedStatement {
        let sql: String
        let name: String
        /// Those of the parameters; nil until it is prepared.
        var types: [Oid]?

        init(_ sql: String, name: String) {
            self.sql = numberedPlaceholders(sql)
            self.name = name
        }
    }

    /// One use of a statement: step and read. It is run by the first step, which fetches all rows.
    ///
    /// Columns are counted from 0. Reading copies the value out.
    @safe
    package final class Statement {
        private let prepared: PreparedStatement
        private let connection: Connection
        private let values: [Value]
        private var result: Result?
        private var row: Int32 = -1

        init(_ prepared: PreparedStatement, _ values: [Value], on connection: Connection) {
            self.prepared = prepared
            self.values = values
            self.connection = connection
        }

        /// Moves to the next row. Returns false after the last one.
        package func step() throws(PostgreSQLError) -> Bool {
            if result == nil { result = try execute() }
            row += 1
            return row < (result?.count ?? 0)
        }

        /// Runs a statement whose rows, if any, do not matter.
        package func run() throws(PostgreSQLError) {
            if result == nil { result = try execute() }
        }

        package func isNull(_ column: Int) -> Bool { result?.isNull(row, Int32(column)) ?? true }

        /// Throws where the column holds anything but an integer; true and false are 1 and 0.
        package func integer(_ column: Int) throws(PostgreSQLError) -> Int64 {
            let type = try type(column)
            guard type == TypeID.int8 || type == TypeID.int4 || type == TypeID.bool else {
                throw mismatch(column, "an integer")
            }
            var number: Int64 = 0
            unsafe readBytes(column) { bytes in
                if type == TypeID.bool {
                    number = unsafe bytes.first == 1 ? 1 : 0
                } else {
                    number = unsafe bytes.first.map { $0 & 0x80 != 0 } == true ? -1 : 0
                    for index in bytes.indices { number = unsafe number << 8 | Int64(bytes[index]) }
                }
            }
            return number
        }

        /// Throws where the column holds anything but text.
        package func text(_ column: Int) throws(PostgreSQLError) -> String {
            guard try type(column) == TypeID.text else { throw mismatch(column, "text") }
            var text = ""
            unsafe readBytes(column) { text = unsafe String(decoding: $0, as: UTF8.self) }
            return text
        }

        /// Throws where the column holds anything but bytes.
        package func blob(_ column: Int) throws(PostgreSQLError) -> [UInt8] {
            guard try type(column) == TypeID.bytea else { throw mismatch(column, "bytes") }
            var blob: [UInt8] = []
            unsafe readBytes(column) { blob = unsafe Array($0) }
            return blob
        }

        /// Whatever the column holds. Throws where that is of a type that no value has.
        package func value(_ column: Int) throws(PostgreSQLError) -> Value {
            if isNull(column) { return .null }
            return switch try type(column) {
            case TypeID.text: .text(try text(column))
            case TypeID.bytea: .blob(try blob(column))
            default: .integer(try integer(column))
            }
        }

        private func readBytes(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
            guard let result else { preconditionFailure("its type has been read from the result") }
            unsafe body(result.bytes(row, Int32(column)))
        }

        /// Throws where the column is null.
        private func type(_ column: Int) throws(PostgreSQLError) -> Oid {
            guard !isNull(column) else { throw mismatch(column, "a value", found: "null") }
            return result?.type(Int32(column)) ?? 0
        }

        private func mismatch(_ column: Int, _ wanted: String, found: String? = nil) -> PostgreSQLError {
            let found = found ?? "a value of type \(result?.type(Int32(column)) ?? 0)"
            return PostgreSQLError(
                call: "PQftype", message: "column \(column) holds \(found), not \(wanted)", sql: prepared.sql)
        }

        private func execute() throws(PostgreSQLError) -> Result {
            try connection.sendBegin()
            if prepared.types == nil { try prepare() }
            let parameters = try parameters()
            let result = unsafe parameters.withPointers { values, lengths, formats, count in
                // The name is valid for the call; the rest belongs to `parameters`.
                unsafe Result(
                    PQexecPrepared(
                        connection.handle, prepared.name, count, values, lengths, formats, 1))
            }
            try connection.check(result, "PQexecPrepared", sql: prepared.sql)
            connection.changes = result.changes
            return result
        }

        /// Has the server parse the statement, with the types that the values have.
        private func prepare() throws(PostgreSQLError) {
            var types = values.map { value -> Oid in
                switch value {
                case .integer: TypeID.int8
                case .text: TypeID.text
                case .blob: TypeID.bytea
                case .null: 0
                }
            }
            let result = unsafe Result(
                PQprepare(connection.handle, prepared.name, prepared.sql, Int32(types.count), types))
            try connection.check(result, "PQprepare", sql: prepared.sql)
            if types.contains(0) {
                let description = unsafe Result(PQdescribePrepared(connection.handle, prepared.name))
                try connection.check(description, "PQdescribePrepared", sql: prepared.sql)
                for index in types.indices {
                    types[index] = unsafe PQparamtype(description.handle, Int32(index))
                }
            }
            prepared.types = types
        }

        private func parameters() throws(PostgreSQLError) -> Parameters {
            guard let types = prepared.types, types.count == values.count else {
                throw PostgreSQLError(
                    call: "PQexecPrepared", message: "\(values.count) values were given", sql: prepared.sql)
            }
            var parameters = Parameters()
            for (value, type) in zip(values, types) {
                let isRight =
                    switch value {
                    case .integer(let number): type == TypeID.int8 && parameters.append(number)
                    case .text(let text): type == TypeID.text && parameters.append(text)
                    case .blob(let bytes): type == TypeID.bytea && parameters.append(bytes)
                    case .null: parameters.appendNull()
                    }
                guard isRight else {
                    throw PostgreSQLError(
                        call: "PQexecPrepared", message: "a value is not of type \(type)", sql: prepared.sql)
                }
            }
            return parameters
        }
    }

    /// Values in the binary form that the server takes, one after the other.
    @safe
    private struct Parameters {
        private var bytes: [UInt8] = []
        /// Where each begins; nil for null.
        private var starts: [Int?] = []
        private var lengths: [Int32] = []

        private mutating func begin(_ length: Int) {
            starts.append(bytes.count)
            lengths.append(Int32(length))
        }

        mutating func append(_ number: Int64) -> Bool {
            begin(8)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
            }
            return true
        }

        mutating func append(_ text: String) -> Bool {
            let text = text.utf8.contains(0) ? String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : text
            return append(Array(text.utf8))
        }

        mutating func append(_ blob: [UInt8]) -> Bool {
            begin(blob.count)
            bytes += blob
            return true
        }

        mutating func appendNull() -> Bool {
            starts.append(nil)
            lengths.append(0)
            return true
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
