#if PostgreSQL
    /// The statement with `$1`, `$2` in the place of SQLite's `?` and `?1` (sqlite.org/lang_expr.html#varparam); those in
    /// texts, names and comments stay.
    func numberedPlaceholders(_ sql: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(sql.utf8.count + 16)
        var bytes = Array(sql.utf8)[...]
        var highest = 0
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                result.append(byte)
                while let inside = bytes.popFirst() {
                    result.append(inside)
                    if inside == byte { break }
                }
            case UInt8(ascii: "-") where bytes.first == byte:
                result.append(byte)
                while let inside = bytes.popFirst() {
                    result.append(inside)
                    if inside == UInt8(ascii: "\n") { break }
                }
            case UInt8(ascii: "?"):
                var number = 0
                while let digit = bytes.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
                    number = number * 10 + Int(digit - UInt8(ascii: "0"))
                    bytes.removeFirst()
                }
                if number == 0 { number = highest + 1 }
                highest = max(highest, number)
                result.append(UInt8(ascii: "$"))
                result += Array(String(number).utf8)
            default:
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
#endif
