import Platform

/// The `Date` field, made once a second (RFC 9110 §6.6.1).
struct DateField {
    private var second = Int64.min
    /// The whole line with its CRLF.
    private(set) var line: [UInt8] = []

    init() {
        update()
    }

    mutating func update() {
        let now = Clock.unixSeconds
        guard now != second else { return }
        second = now
        line = Array("Date: \(HTTPDate.format(now))\r\n".utf8)
    }
}
