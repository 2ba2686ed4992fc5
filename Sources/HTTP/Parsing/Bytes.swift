import Glibc

/// The characters of HTTP's grammar (RFC 9110 §5.6, RFC 5234 appendix B.1), as bytes.
enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let percent = UInt8(ascii: "%")
    static let plus = UInt8(ascii: "+")
    static let comma = UInt8(ascii: ",")
    static let slash = UInt8(ascii: "/")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let question = UInt8(ascii: "?")
    static let ampersand = UInt8(ascii: "&")
    static let backslash = UInt8(ascii: "\\")
}

extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    /// `tchar` of RFC 9110 §5.6.2: what methods and field names are made of.
    var isTokenCharacter: Bool { CharacterSet.token.contains(self) }

    /// `field-vchar`, SP or HTAB of RFC 9110 §5.5: no control characters, and bytes above 0x7F stay opaque.
    var isFieldValueCharacter: Bool { self >= 0x20 && self != 0x7F || self == Byte.tab }

    /// A character of a request target: visible ASCII without `#`, which starts a fragment and is never sent.
    /// Browsers send some that RFC 3986 wants encoded, such as `|`; none of those ends a target.
    var isTargetCharacter: Bool { self > 0x20 && self < 0x7F && self != UInt8(ascii: "#") }

    /// SP or HTAB: what OWS and BWS are made of (RFC 9110 §5.6.3).
    var isBlank: Bool { self == Byte.space || self == Byte.tab }

    /// 0…15 for a hexadecimal digit of either case.
    var hexadecimalValue: UInt8? {
        if isDigit { return self &- UInt8(ascii: "0") }
        let letter = (self | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter &+ 10 : nil
    }

    /// The same byte, or its lower case when it is an ASCII capital.
    var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}

extension Span where Element == UInt8 {
    func isEqual(to text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where self[index] != text.byte(at: index) { return false }
        return true
    }

    /// Compares without regard to ASCII case; `text` is written in lower case.
    func isEqual(toLowercase text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where self[index].lowercased != text.byte(at: index) { return false }
        return true
    }

    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < count else { return nil }
        // The pointers stay within the span, and the span is valid for the call.
        return unsafe withUnsafeBytes { bytes in
            let base = bytes.baseAddress!
            guard let found = unsafe memchr(base + start, Int32(byte), bytes.count - start) else {
                return nil
            }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    func lastIndex(of byte: UInt8) -> Int? {
        indices.last { self[$0] == byte }
    }

    /// Where the part without blanks at either end lies.
    var trimmedRange: Range<Int> {
        var start = 0
        var end = count
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }
}

extension [UInt8] {
    mutating func append(_ bytes: Span<UInt8>) {
        // The span stays valid for the call and is copied in it.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension StaticString {
    func byte(at index: Int) -> UInt8 {
        // The pointer is to the literal's own storage, which lives as long as the program.
        unsafe utf8Start[index]
    }
}
