import Expenses
import Testing

@Suite struct TextEncodingTests {
    private func encoding(_ bytes: [UInt8], _ currency: String = "EUR") throws -> TextEncoding {
        ImportText(of: bytes, currency: try #require(Currency(code: currency))).encoding
    }

    private static let samples: [(TextEncoding, text: String, bytes: [UInt8])] = [
        (.windows1252, "Café 5 €", Array("Caf".utf8) + [0xE9, 0x20, 0x35, 0x20, 0x80]),
        (.isoLatin9, "Café 5 €", Array("Caf".utf8) + [0xE9, 0x20, 0x35, 0x20, 0xA4]),
        (.windows1250, "Żółw", [0xAF, 0xF3, 0xB3, 0x77]), (.windows1250, "ősz", [0xF5, 0x73, 0x7A]),
        (.windows1251, "Пекарня", [0xCF, 0xE5, 0xEA, 0xE0, 0xF0, 0xED, 0xFF]),
        (.windows1253, "Φούρνος", [0xD6, 0xEF, 0xFD, 0xF1, 0xED, 0xEF, 0xF2]),
        (.windows1254, "GÜNEŞ", [0x47, 0xDC, 0x4E, 0x45, 0xDE]),
        (.shiftJIS, "パン屋ハル", [0x83, 0x70, 0x83, 0x93, 0x89, 0xAE, 0x83, 0x6E, 0x83, 0x8B]),
        (.gb18030, "面包店", [0xC3, 0xE6, 0xB0, 0xFC, 0xB5, 0xEA]),
    ]

    @Test(arguments: samples.indices)
    func `an encoding is told by the language that the text then has`(index: Int) throws {
        let (expected, text, bytes) = Self.samples[index]
        let currency = text == "GÜNEŞ" ? "TRY" : text == "ősz" ? "HUF" : text == "Żółw" ? "PLN" : "EUR"
        #expect(try encoding(bytes, currency) == expected)
        #expect(String(decoding: expected.decoded(bytes), as: UTF8.self) == text)
    }

    @Test func `one damaged byte does not make another encoding of a file`() throws {
        var bytes = Array(String(repeating: "Café,Bäcker\n", count: 5).utf8)
        bytes.append(0xC3)
        #expect(try encoding(bytes) == .utf8)
        #expect(String(decoding: TextEncoding.utf8.decoded(bytes), as: UTF8.self).hasPrefix("Café"))
    }

    @Test(arguments: [false, true])
    func `UTF-16 is told without its mark`(isBig: Bool) throws {
        let bytes = "Datum;Betrag\n31.01.2026;春天 12,50\n".utf16.flatMap { unit in
            isBig ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        #expect(try encoding(bytes) == (isBig ? .utf16BigEndian : .utf16LittleEndian))
    }

    @Test func `characters of four bytes follow from those of two in GB 18030`() {
        #expect(
            String(decoding: TextEncoding.gb18030.decoded([0x81, 0x30, 0x81, 0x30]), as: UTF8.self)
                == "\u{80}")
        #expect(
            String(decoding: TextEncoding.gb18030.decoded([0x90, 0x30, 0x81, 0x30]), as: UTF8.self)
                == "\u{10000}")
    }

    @Test(arguments: TextEncoding.allCases)
    func `any bytes are decoded to the end`(encoding: TextEncoding) {
        let bytes = (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) }
        #expect(String(validating: encoding.decoded(bytes), as: UTF8.self) != nil)
    }
}
