/// How a file's bytes stand for text.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"

    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
        case .windows1252: "Windows-1252"
        }
    }

    /// Tells the encoding by a byte order mark, else by where zeros stand, else by whether the bytes are valid UTF-8.
    package static func detect(_ bytes: [UInt8]) -> (encoding: TextEncoding, reason: String) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, "the file begins with its mark") }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, "the file begins with its mark") }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, "the file begins with its mark") }
        let sample = bytes.prefix(1000)
        let odd = sample.indices.count { $0 % 2 == 1 && sample[$0] == 0 }
        let even = sample.indices.count { $0 % 2 == 0 && sample[$0] == 0 }
        if odd > sample.count / 4, even == 0 { return (.utf16LittleEndian, "every other byte is zero") }
        if even > sample.count / 4, odd == 0 { return (.utf16BigEndian, "every other byte is zero") }
        if String(validating: bytes, as: UTF8.self) != nil { return (.utf8, "all of it is valid") }
        return (.windows1252, "it is not valid UTF-8")
    }

    /// The text as UTF-8 bytes, without a byte order mark. What the encoding does not define becomes U+FFFD.
    package func decoded(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8:
            return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        case .utf16LittleEndian, .utf16BigEndian:
            let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
            var units: [UInt16] = []
            units.reserveCapacity(bytes.count / 2)
            for index in stride(from: 0, to: bytes.count - 1, by: 2) {
                units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + high]) << 8)
            }
            if units.first == 0xFEFF { units.removeFirst() }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        case .windows1252:
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes {
                switch byte {
                case ..<0x80: text.append(byte)
                case 0x80..<0xA0:
                    text +=
                        Character(
                            Unicode.Scalar(TextEncoding.windows1252High[Int(byte - 0x80)]) ?? "\u{FFFD}"
                        ).utf8
                default: text += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
                }
            }
            return text
        }
    }

    /// 0x80 to 0x9F; five of them are undefined.
    private static let windows1252High: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152,
        0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122,
        0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}
