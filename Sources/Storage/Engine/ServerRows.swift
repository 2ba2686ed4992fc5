#if PostgreSQL
    import SQL

    /// Many rows as a server takes them in one statement: an array for each column, as text (PostgreSQL documentation,
    /// section 8.15.2).
    struct ServerRows {
        private let kinds: [Table.Column.Kind]

        init(_ kinds: Table.Column.Kind...) { self.kinds = kinds }

        private init(kinds: [Table.Column.Kind]) { self.kinds = kinds }

        /// The columns of `ExpenseRow`, and others after them.
        static func ofExpenses(_ others: Table.Column.Kind...) -> ServerRows {
            ServerRows(kinds: [.integer] + Tables.said.map(\.kind) + others)
        }

        /// What stands behind FROM; what `values` gives is bound in it.
        var sql: String {
            let arrays = kinds.map { kind in
                switch kind {
                case .integer, .number: "CAST(? AS bigint[])"
                case .text: "CAST(? AS text[])"
                case .bytes: preconditionFailure("no table has many rows of bytes at once")
                }
            }
            return "unnest(\(arrays.list))"
        }

        func values(_ rows: some Sequence<[Value]>) -> [Value] {
            var columns = kinds.map { _ in [UInt8](repeating: UInt8(ascii: "{"), count: 1) }
            for row in rows {
                for (place, value) in row.enumerated() { ServerRows.append(value, to: &columns[place]) }
            }
            return columns.map { column in
                var column = column
                column.append(UInt8(ascii: "}"))
                return .text(String(decoding: column, as: UTF8.self))
            }
        }

        private static func append(_ value: Value, to array: inout [UInt8]) {
            if array.count > 1 { array.append(UInt8(ascii: ",")) }
            switch value {
            case .integer(let number): array += String(number).utf8
            case .text(let text):
                array.append(UInt8(ascii: "\""))
                for byte in text.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                        array.append(UInt8(ascii: "\\"))
                    }
                    array.append(byte)
                }
                array.append(UInt8(ascii: "\""))
            case .blob: preconditionFailure("no table has many rows of bytes at once")
            case .null: array += "NULL".utf8
            }
        }
    }
#endif
