/// Writes JSON: what an object's author knows about its shape stands in the calls.
package enum JSONWriter {
    /// Appends a member of an object; `mark` is `{` before the first and `,` before the others.
    package static func append(
        _ name: StaticString, _ value: String, after mark: Unicode.Scalar = ",", to output: inout [UInt8]
    ) {
        appendName(name, after: mark, to: &output)
        append(value, to: &output)
    }

    package static func append(
        _ name: StaticString, _ value: Int64, after mark: Unicode.Scalar = ",", to output: inout [UInt8]
    ) {
        appendName(name, after: mark, to: &output)
        output.append(contentsOf: String(value).utf8)
    }

    /// The name alone; the value is to follow.
    package static func appendName(
        _ name: StaticString, after mark: Unicode.Scalar = ",", to output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: mark))
        output.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
    }

    /// Appends a string with its quotes.
    package static func append(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: output += Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
