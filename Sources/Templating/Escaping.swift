/// How a variable's text is written where it stands, so that a browser reads that very text back.
enum Escaping: Sendable, Equatable {
    /// Text and quoted attribute values.
    case markup
    /// Right after a tag that swallows one line break (`<textarea>`, `<pre>`): another is put before the text's own.
    case afterStartTag
    /// The beginning of an address: a scheme other than http, https and mailto makes it `#`.
    case address
    /// Follows text that is not yet a scheme: a `:` that would make it one is percent-encoded.
    case addressContinuation

    func append(_ text: String, to output: inout [UInt8]) {
        let bytes = text.utf8.span
        switch self {
        case .markup: break
        case .afterStartTag:
            if bytes.count > 0, bytes[0] == UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
        case .address:
            guard Self.hasHarmlessScheme(bytes) else { return output.append(UInt8(ascii: "#")) }
        case .addressContinuation: return Self.appendContinuation(bytes, to: &output)
        }
        Self.appendMarkup(bytes, to: &output)
    }

    /// Appends runs of bytes that need nothing, and references for the others.
    private static func appendMarkup(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        var runStart = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte < 64, special >> UInt64(byte) & 1 == 1 else { continue }
            append(bytes.extracting(runStart..<index), to: &output)
            append(reference(for: byte), to: &output)
            runStart = index + 1
        }
        append(bytes.extracting(runStart..<bytes.count), to: &output)
    }

    /// The bytes below 64 that are not written as they are, a bit for each: NUL, CR and `"&'<>`.
    private static let special: UInt64 =
        1 << 0 | 1 << 13 | 1 << 34 | 1 << 38 | 1 << 39 | 1 << 60 | 1 << 62

    private static func reference(for byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "\""): "&#34;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "'"): "&#39;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        // A bare one would be read as a line feed.
        case 13: "&#13;"
        // HTML has no way to write NUL.
        default: "\u{FFFD}"
        }
    }

    private static func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    private static func append(_ text: StaticString, to output: inout [UInt8]) {
        text.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
    }

    private static func appendContinuation(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
            guard byte == UInt8(ascii: ":") else { continue }
            appendMarkup(bytes.extracting(start..<index), to: &output)
            append("%3A", to: &output)
            start = index + 1
        }
        appendMarkup(bytes.extracting(start..<bytes.count), to: &output)
    }

    /// Reads as a browser does: leading blanks and controls are dropped, tabs and line breaks everywhere
    /// (URL Standard §4.4).
    private static func hasHarmlessScheme(_ bytes: Span<UInt8>) -> Bool {
        var scheme = ""
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case 0...0x20 where scheme.isEmpty: continue
            case 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: ":"): return scheme.isEmpty || AddressState.allowedSchemes.contains(scheme)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                scheme.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                scheme.unicodeScalars.append(Unicode.Scalar(byte))
            default: return true
            }
        }
        return true
    }
}
