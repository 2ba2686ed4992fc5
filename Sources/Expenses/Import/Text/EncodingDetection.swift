/// Finds out how a file's bytes stand for text.
struct EncodingDetection {
    let encoding: TextEncoding
    /// False where the text has characters that no language is known to write so.
    let isSure: Bool

    /// By a byte order mark, else by where zeros stand, else by the encoding in which the text is that of some language.
    /// Where several fit, the account's currency decides.
    init(_ bytes: [UInt8], currency: Currency) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self.init(.utf8)
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self.init(.utf16LittleEndian)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self.init(.utf16BigEndian)
        } else if let encoding = EncodingDetection.withoutMark(bytes) {
            self.init(encoding)
        } else if EncodingDetection.isUTF8(bytes) {
            self.init(.utf8)
        } else if EncodingDetection.isShiftJIS(bytes) {
            self.init(.shiftJIS)
        } else if EncodingDetection.isGB18030(bytes) {
            self.init(.gb18030)
        } else {
            self.init(language: bytes, currency)
        }
    }

    private init(_ encoding: TextEncoding) { (self.encoding, isSure) = (encoding, true) }

    /// UTF-16 has a zero in every character below U+0100, always in the same half: digits, commas and line ends do.
    private static func withoutMark(_ bytes: [UInt8]) -> TextEncoding? {
        let sample = bytes.prefix(4000)
        let odd = sample.indices.count { $0 % 2 == 1 && sample[$0] == 0 }
        let even = sample.indices.count { $0 % 2 == 0 && sample[$0] == 0 }
        guard max(odd, even) * 20 > sample.count, min(odd, even) == 0 else { return nil }
        return odd > 0 ? .utf16LittleEndian : .utf16BigEndian
    }

    /// Valid, or with a few damaged bytes among many characters that are whole.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        if String(validating: bytes, as: UTF8.self) != nil { return true }
        var (whole, damaged, place) = (0, 0, 0)
        while place < bytes.count {
            let byte = bytes[place]
            let length =
                byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0
            let end = place + length
            if length > 1, end <= bytes.count, bytes[place + 1..<end].allSatisfy({ $0 & 0xC0 == 0x80 }) {
                whole += 1
            } else if length != 1 {
                damaged += 1
                place += 1
                continue
            }
            place = end
        }
        return whole >= damaged * 3
    }

    /// Kana and the common kanji begin with 0x81 to 0x97; letters of single bytes hardly ever lie there.
    private static func isShiftJIS(_ bytes: [UInt8]) -> Bool {
        isMade(ofPairs: bytes, .shiftJIS) { first, _ in (0x81...0x97).contains(first) }
    }

    /// The common characters begin with 0xA1 to 0xD7, and their second byte is above 0xA0 too.
    private static func isGB18030(_ bytes: [UInt8]) -> Bool {
        isMade(ofPairs: bytes, .gb18030) { first, second in (0xA1...0xD7).contains(first) && second > 0xA0 }
    }

    /// Whether nothing but characters of two bytes stands beside ASCII, most of them common.
    private static func isMade(
        ofPairs bytes: [UInt8], _ encoding: TextEncoding, isCommon: (UInt8, UInt8) -> Bool
    ) -> Bool {
        var (pairs, common, broken, place) = (0, 0, 0, 0)
        while place < bytes.count {
            defer { place += 1 }
            guard bytes[place] >= 0x80 else { continue }
            if encoding == .shiftJIS, (0xA1...0xDF).contains(bytes[place]) { continue }
            guard place + 1 < bytes.count, bytes[place + 1] >= 0x40 else {
                broken += 1
                continue
            }
            pairs += 1
            if isCommon(bytes[place], bytes[place + 1]) { common += 1 }
            place += 1
        }
        return pairs > 1 && common * 10 >= pairs * 8 && broken * 100 <= pairs
    }

    /// The encoding in which most letters beyond ASCII belong to one language, and stand as letters do.
    private init(language bytes: [UInt8], _ currency: Currency) {
        let highs = HighBytes(bytes)
        var best = (score: Int.min, encoding: TextEncoding.windows1252)
        for (encoding, languages) in EncodingDetection.order(for: currency) {
            let letters = encoding.highHalf
            for language in languages {
                let score = highs.score(letters, language)
                if score > best.score { best = (score, encoding) }
            }
        }
        encoding = best.encoding
        isSure = best.score * 10 >= highs.count * 12
    }

    private static func order(for currency: Currency) -> [(TextEncoding, [Alphabet])] {
        let order: [(TextEncoding, [Alphabet])] = [
            (.windows1252, western), (.isoLatin9, western), (.windows1250, central),
            (.windows1251, cyrillic), (.windows1254, turkish), (.windows1253, greek), (.isoLatin2, central),
            (.macRoman, western),
        ]
        let first: TextEncoding? =
            switch currency.code {
            case "PLN", "CZK", "HUF", "RON": .windows1250
            case "RUB", "UAH", "BGN", "BYN", "KZT", "RSD", "MKD": .windows1251
            case "TRY": .windows1254
            default: nil
            }
        return order.filter { $0.0 == first } + order.filter { $0.0 != first }
    }

    private static let western = [
        "äöüß", "àâæçéèêëîïôùûüœ", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìîòóù", "áéëïóöüè", "åäöæøé",
        "àçèéíïòóúü", "áðéíóúýþæö",
    ].map { Alphabet(letters: Set($0)) }
    private static let central = [
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž",
    ].map { Alphabet(letters: Set($0)) }
    private static let cyrillic = [
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяў",
        "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ",
    ].map { Alphabet(letters: Set($0), frequent: Set("оеаинтсрвлкіј")) }
    private static let greek = [
        Alphabet(
            letters: Set("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"), frequent: Set("αοιετσνηυρπκ"))
    ]
    private static let turkish = [Alphabet(letters: Set("çğıİöşüâîû"))]
}

/// The letters of one language beyond ASCII, in small.
private struct Alphabet {
    let letters: Set<Character>
    /// Those that make up most of a text, where it is written in these letters alone; empty where ASCII's are among them.
    var frequent: Set<Character> = []
}

/// How often each byte from 0x80 on occurs in a file, and behind what.
private struct HighBytes {
    private(set) var count = 0
    private var counts = [Int](repeating: 0, count: 128)
    private var afterSmallLetter = [Int](repeating: 0, count: 128)
    private var afterCapital = [Int](repeating: 0, count: 128)
    /// By the first byte, then the second.
    private var pairs = [Int](repeating: 0, count: 128 * 128)

    init(_ bytes: [UInt8]) {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte >= 0x80 {
                let place = Int(byte - 0x80)
                count += 1
                counts[place] += 1
                switch previous {
                case 0x61...0x7A: afterSmallLetter[place] += 1
                case 0x41...0x5A: afterCapital[place] += 1
                case 0x80...: pairs[Int(previous - 0x80) * 128 + place] += 1
                default: break
                }
            }
            previous = byte
        }
    }

    private static let marks = Set<Character>("€£¥§°º\u{A0}\u{AD}“”„‘’‚–—…«»·•²³µ№¿¡")
    private static let currencySigns = Set<Character>("€£¥")

    /// Twice the number of bytes where all are letters of that language in places where letters stand, less or below zero
    /// otherwise.
    func score(_ meanings: [Character], _ alphabet: Alphabet) -> Int {
        var score = 0
        let kinds = meanings.map { letter in
            (isLetter: letter.isLetter, isCapital: letter.isUppercase, isSmall: letter.isLowercase)
        }
        for (place, letter) in meanings.enumerated() where counts[place] > 0 {
            let small = Character(letter.lowercased())
            if !kinds[place].isLetter {
                if HighBytes.currencySigns.contains(letter) {
                    score += 2 * counts[place]
                } else if !HighBytes.marks.contains(letter) {
                    score -= 2 * counts[place]
                }
            } else if alphabet.letters.contains(small) || alphabet.letters.contains(letter) {
                let isFrequent = alphabet.frequent.isEmpty || alphabet.frequent.contains(small)
                score += (isFrequent ? 2 : 1) * counts[place]
            } else {
                score -= 2 * counts[place]
            }
            // Letters of other scripts do not stand in words of ASCII's, nor capitals behind small letters.
            if !alphabet.frequent.isEmpty {
                score -= 3 * (afterSmallLetter[place] + afterCapital[place])
            } else if kinds[place].isCapital {
                score -= 3 * afterSmallLetter[place]
            }
        }
        for first in 0..<128 where kinds[first].isSmall {
            for second in 0..<128 where kinds[second].isCapital { score -= 3 * pairs[first * 128 + second] }
        }
        return score
    }
}
