/// Writes the members of a flat JSON object.
package enum JSONWriter {
    package static func append(
        _ name: StaticString, _ value: String, after mark: Unicode.Scalar, to output: inout [UInt8]
    ) {
        output.append(UInt8(ascii: mark))
        append(name, to: &output)
        output.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: output += Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    package static func append(_ name: StaticString, _ value: Int64, to output: inout [UInt8]) {
        output.append(UInt8(ascii: ","))
        append(name, to: &output)
        output.append(contentsOf: String(value).utf8)
    }

    private static func append(_ name: StaticString, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
        output += [UInt8(ascii: "\""), UInt8(ascii: ":")]
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
