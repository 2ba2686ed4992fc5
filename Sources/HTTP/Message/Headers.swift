/// Header fields in the order they were given. Names are compared without regard to case (RFC 9110 §5.1).
///
/// Those of a request stay the bytes that were received, and those of an answer stand as the bytes that are sent: a field
/// becomes text when it is asked for.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    private enum Storage {
        case received(RequestHead)
        case written(FieldLines)
    }

    private var storage: Storage

    package init() {
        storage = .written(FieldLines())
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { add(name, value) }
    }

    init(of head: RequestHead) {
        storage = .received(head)
    }

    /// Getting gives the first value of that name. Setting replaces all of them, at the place of the first, or
    /// removes them with nil.
    package subscript(_ name: String) -> String? {
        get {
            switch storage {
            case .received(let head): head.firstValue(of: name)
            case .written(let lines): lines.firstValue(of: name)
            }
        }
        set {
            guard let newValue else { return rebuild(fields.filter { !$0.isNamed(name) }) }
            guard self[name] != nil else { return add(name, newValue) }
            var rest = fields[...]
            let before = rest.prefix { !$0.isNamed(name) }
            rest = rest.dropFirst(before.count)
            rebuild(before + [Field(name: name, value: newValue)] + rest.filter { !$0.isNamed(name) })
        }
    }

    /// Every value of that name, in order.
    package func values(_ name: String) -> [String] {
        switch storage {
        case .received(let head): head.values(of: name)
        case .written(let lines): lines.fields.filter { $0.isNamed(name) }.map(\.value)
        }
    }

    /// Adds a field after the others. The name is a token that stands in the program. In the value, CR, LF and NUL, which
    /// would let its author write the rest of the message, become spaces (RFC 9110 §5.5).
    package mutating func add(_ name: String, _ value: String) {
        // Names stand in the program: what a debug build accepts, a release build does too.
        assert(!name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter), "a field name is a token")
        switch storage {
        case .received:
            rebuild(fields)
            add(name, value)
        case .written(var lines):
            storage = .written(FieldLines())
            lines.append(name, value)
            storage = .written(lines)
        }
    }

    /// Adds all of `other`'s fields after these.
    package mutating func append(contentsOf other: Headers) {
        guard case .written(var lines) = storage, case .written(let more) = other.storage else {
            return rebuild(fields + other.fields)
        }
        storage = .written(FieldLines())
        lines.append(more)
        storage = .written(lines)
    }

    package var fields: [Field] {
        switch storage {
        case .received(let head): head.fieldList
        case .written(let lines): lines.fields
        }
    }

    private mutating func rebuild(_ fields: [Field]) {
        var lines = FieldLines()
        for field in fields { lines.append(field.name, field.value) }
        storage = .written(lines)
    }
}

/// What the server needs of an answer's fields.
extension Headers {
    /// Whether the handler wants the connection closed after its answer.
    var asksToClose: Bool {
        guard case .written(let lines) = storage, lines.hasFramingFields else { return false }
        return lines.firstValue(of: "Connection")?.lowercased() == "close"
    }

    /// Writes the fields as lines, without those that the server writes itself.
    func appendLines(to output: inout [UInt8]) {
        if case .written(let lines) = storage, !lines.hasFramingFields {
            output += lines.bytes
            return
        }
        var lines = FieldLines()
        for field in fields where !FieldLines.isFramingField(field.name) {
            lines.append(field.name, field.value)
        }
        output += lines.bytes
    }
}

extension Headers.Field {
    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

/// Fields as they are sent: `name: value` and CRLF each (RFC 9112 §5).
private struct FieldLines {
    private(set) var bytes: [UInt8] = []
    /// Whether one of them is a field that the server writes itself, whatever a handler has set.
    private(set) var hasFramingFields = false

    mutating func append(_ name: String, _ value: String) {
        if Self.isFramingField(name) { hasFramingFields = true }
        reserve(name.utf8.count + value.utf8.count + 4)
        bytes += name.utf8
        bytes.append(": ")
        let start = bytes.count
        bytes += value.utf8
        for index in start..<bytes.count where bytes[index] < 0x20 && bytes[index] != Byte.tab {
            bytes[index] = Byte.space
        }
        bytes.append("\r\n")
    }

    /// With room for a few more fields, so that the next ones do not copy these.
    private mutating func reserve(_ count: Int) {
        if bytes.capacity < bytes.count + count { bytes.reserveCapacity(bytes.count + count + 128) }
    }

    mutating func append(_ more: FieldLines) {
        reserve(more.bytes.count)
        bytes += more.bytes
        hasFramingFields = hasFramingFields || more.hasFramingFields
    }

    func firstValue(of name: String) -> String? {
        var start = 0
        while let field = line(from: &start) {
            if isName(field.name, name) { return text(field.value) }
        }
        return nil
    }

    var fields: [Headers.Field] {
        var fields: [Headers.Field] = []
        var start = 0
        while let field = line(from: &start) {
            fields.append(Headers.Field(name: text(field.name), value: text(field.value)))
        }
        return fields
    }

    static func isFramingField(_ name: String) -> Bool {
        let name = name.utf8Span.span
        return switch name.count {
        case 4: name.isEqual(toLowercase: "date")
        case 10: name.isEqual(toLowercase: "connection")
        case 14: name.isEqual(toLowercase: "content-length")
        case 17: name.isEqual(toLowercase: "transfer-encoding")
        default: false
        }
    }

    /// Where the next field's name and value lie; moves `start` behind its line.
    private func line(from start: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
        let span = bytes.span
        guard start < bytes.count, let colon = span.firstIndex(of: Byte.colon, from: start),
            let end = span.firstIndex(of: Byte.carriageReturn, from: colon)
        else { return nil }
        defer { start = end + 2 }
        return (start..<colon, (colon + 2)..<end)
    }

    private func isName(_ range: Range<Int>, _ name: String) -> Bool {
        range.count == name.utf8.count
            && zip(bytes[range], name.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
