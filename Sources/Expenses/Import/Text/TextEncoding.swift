/// How a file's bytes stand for text.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case isoLatin9 = "iso-8859-15"
    case windows1250 = "windows-1250"
    case isoLatin2 = "iso-8859-2"
    case windows1251 = "windows-1251"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case macRoman = "macintosh"
    case shiftJIS = "shift_jis"
    case gb18030 = "gb18030"

    /// The text as UTF-8 bytes, without a byte order mark. What the encoding does not define becomes U+FFFD.
    package func decoded(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8:
            let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
            return String(validating: text, as: UTF8.self) == nil
                ? Array(String(decoding: text, as: UTF8.self).utf8) : text
        case .utf16LittleEndian, .utf16BigEndian: return decodedUTF16(bytes)
        case .shiftJIS: return decodedPairs(bytes, ShiftJISTable.character)
        case .gb18030: return decodedPairs(bytes, GB18030Table.character)
        case .windows1252, .isoLatin9, .windows1250, .isoLatin2, .windows1251, .windows1253, .windows1254,
            .macRoman:
            let table = highHalf
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes {
                if byte < 0x80 { text.append(byte) } else { text += table[Int(byte - 0x80)].utf8 }
            }
            return text
        }
    }

    /// What 0x80 to 0xFF stand for, in an encoding of one byte a character; empty for the others.
    var highHalf: [Character] {
        let table =
            switch self {
            case .utf8, .utf16LittleEndian, .utf16BigEndian, .shiftJIS, .gb18030: ""
            case .windows1252: SingleByteTable.windows1252
            case .isoLatin9: SingleByteTable.isoLatin9
            case .windows1250: SingleByteTable.windows1250
            case .isoLatin2: SingleByteTable.isoLatin2
            case .windows1251: SingleByteTable.windows1251
            case .windows1253: SingleByteTable.windows1253
            case .windows1254: SingleByteTable.windows1254
            case .macRoman: SingleByteTable.macRoman
            }
        return table.unicodeScalars.map { Character($0) }
    }

    private func decodedUTF16(_ bytes: [UInt8]) -> [UInt8] {
        let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + high]) << 8)
        }
        if units.first == 0xFEFF { units.removeFirst() }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// `character` gives what the bytes begin with, and of how many bytes it is made; nil where they make none.
    private func decodedPairs(
        _ bytes: [UInt8], _ character: (ArraySlice<UInt8>) -> (Unicode.Scalar, length: Int)?
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 3 / 2)
        var place = 0
        while place < bytes.count {
            if bytes[place] < 0x80 {
                text.append(bytes[place])
                place += 1
            } else if let (scalar, length) = character(bytes[place...].prefix(4)) {
                text += Character(scalar).utf8
                place += length
            } else {
                text += "\u{FFFD}".utf8
                place += 1
            }
        }
        return text
    }
}
