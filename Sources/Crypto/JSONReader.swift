/// Reads a flat JSON object strictly (RFC 8259): the JSON of a token's header and claims.
///
/// Refused beside what is no JSON: a name that occurs twice, and values that are arrays or objects.
struct JSONReader {
    enum Value {
        case string(String)
        /// Written without a fraction or exponent, and within the range of `Int64`.
        case integer(Int64)
        case otherNumber
        case bool(Bool)
        case null
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Calls the closure with each member in order. False when the bytes are not such an object; members before the
    /// mistake were then given all the same.
    static func readObject(_ bytes: [UInt8], _ member: (String, Value) -> Void) -> Bool {
        var reader = JSONReader(bytes)
        return reader.object(member) && reader.isAtEnd
    }

    private var isAtEnd: Bool { position == bytes.count }

    private mutating func object(_ member: (String, Value) -> Void) -> Bool {
        skipBlanks()
        guard take(UInt8(ascii: "{")) else { return false }
        skipBlanks()
        var names: [String] = []
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipBlanks()
                guard let name = string(), !names.contains(name) else { return false }
                names.append(name)
                skipBlanks()
                guard take(UInt8(ascii: ":")) else { return false }
                skipBlanks()
                guard let value = value() else { return false }
                member(name, value)
                skipBlanks()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { return false }
        }
        skipBlanks()
        return true
    }

    private mutating func value() -> Value? {
        switch peek {
        case UInt8(ascii: "\""): string().map(Value.string)
        case UInt8(ascii: "t"): take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): take("null") ? .null : nil
        default: number()
        }
    }

    /// Nil at the end.
    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func take(_ word: String) -> Bool {
        for byte in word.utf8 where !take(byte) { return false }
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }
}

// Numbers.
extension JSONReader {
    private mutating func number() -> Value? {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        guard let first = peek, Self.isDigit(first) else { return nil }
        var magnitude: Int64? = 0
        while let byte = peek, Self.isDigit(byte) {
            magnitude = magnitude.flatMap { Self.appending(byte - UInt8(ascii: "0"), to: $0, isNegative) }
            position += 1
        }
        guard first != UInt8(ascii: "0") || position == start + (isNegative ? 2 : 1) else { return nil }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard skipDigits() else { return nil }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() else { return nil }
        }
        guard isInteger, let magnitude else { return .otherNumber }
        return .integer(magnitude)
    }

    /// Nil when the number leaves the range.
    private static func appending(_ digit: UInt8, to number: Int64, _ isNegative: Bool) -> Int64? {
        let (tenfold, isTooBig) = number.multipliedReportingOverflow(by: 10)
        let (result, overflows) =
            isNegative
            ? tenfold.subtractingReportingOverflow(Int64(digit))
            : tenfold.addingReportingOverflow(Int64(digit))
        return isTooBig || overflows ? nil : result
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = peek, Self.isDigit(byte) { position += 1 }
        return position > start
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

// Strings.
extension JSONReader {
    /// Nil for what is no string: also for bare control characters, broken UTF-8 and half surrogates.
    private mutating func string() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            position += 1
        }
        if peek == UInt8(ascii: "\"") {
            defer { position += 1 }
            return Self.text(bytes.span.extracting(start..<position))
        }
        position = start
        return stringWithEscapes()
    }

    private static func text(_ bytes: Span<UInt8>) -> String? {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        return String(copying: text)
    }

    private mutating func stringWithEscapes() -> String? {
        var text: [UInt8] = []
        while let byte = peek, byte >= 0x20 {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return Self.text(text.span)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text += String(scalar).utf8
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What follows a backslash.
    private mutating func escape() -> Unicode.Scalar? {
        guard let byte = peek else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return escapedScalar()
        default: return nil
        }
    }

    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let first = hexadecimal() else { return nil }
        guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let second = hexadecimal(),
            0xDC00...0xDFFF ~= second
        else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        var result: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            result = result << 4 | UInt32(digit)
            position += 1
        }
        return result
    }
}
