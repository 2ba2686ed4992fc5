/// The `Date` field, made once a second (RFC 9110 §6.6.1).
struct DateField {
    private var second: Int64
    /// The whole line with its CRLF.
    private(set) var line: [UInt8]

    /// `second`: since 1970.
    init(_ second: Int64) {
        self.second = second
        line = Array("Date: \(HTTPDate.format(second))\r\n".utf8)
    }

    mutating func update(_ second: Int64) {
        if second != self.second { self = DateField(second) }
    }
}
