/// A list of words in several languages that say one thing.
struct Vocabulary: Sendable {
    private var words: Set<String> = []
    /// By their first three bytes, so that a word is compared with few of them.
    private var beginnings: [Int: [String]] = [:]
    private var endings: [String] = []
    /// In scripts that put no blanks between words.
    private var parts: [String] = []
    /// By their first word.
    private(set) var phrases: [String: [[String]]] = [:]

    /// Words between blanks, folded as `words(of:)` folds: `refund` is a whole word, `erstatt*` begins one, `*datum` ends
    /// one, `thank_you` is a phrase. Words of Chinese, Japanese and Korean may stand anywhere.
    init(_ list: String) {
        for item in list.split(whereSeparator: \.isWhitespace) {
            if item.unicodeScalars.contains(where: Vocabulary.isUnspaced) {
                parts.append(String(item))
            } else if item.hasSuffix("*") {
                beginnings[Vocabulary.start(of: item.dropLast()), default: []].append(String(item.dropLast()))
            } else if item.hasPrefix("*") {
                endings.append(String(item.dropFirst()))
            } else if item.contains("_") {
                let phrase = item.split(separator: "_").map { String($0) }
                phrases[phrase[0], default: []].append(phrase)
            } else {
                words.insert(String(item))
            }
        }
    }

    func has(_ word: String) -> Bool {
        words.contains(word)
            || beginnings[Vocabulary.start(of: word[...])]?.contains { word.hasPrefix($0) } == true
            || endings.contains { word.hasSuffix($0) }
            || !parts.isEmpty && word.unicodeScalars.contains(where: Vocabulary.isUnspaced)
                && parts.contains { word.contains($0) }
    }

    /// How many of the words are among these; a phrase counts once.
    func count(in text: [String]) -> Int {
        var count = 0
        for (place, word) in text.enumerated() {
            if has(word) { count += 1 }
            for phrase in phrases[word] ?? [] where text[place...].starts(with: phrase) { count += 1 }
        }
        return count
    }

    func isIn(_ text: [String]) -> Bool { count(in: text) > 0 }

    /// Of words of fewer than three bytes nothing begins with these.
    private static func start(of word: Substring) -> Int {
        word.utf8.prefix(3).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x2E80 }

    /// The words of a text, in small letters and without accents; "RunningBalance" has two (in ASCII). Of a long text, those at its beginning.
    static func words(of text: String) -> [String] {
        let text = text.utf8.count > 4000 ? String(text.prefix(1000)) : text
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        // Where a capital follows a small letter, a word begins.
        var wasSmall = false
        for scalar in (isPlain ? text : searchKey(text)).unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A:
                word.append(UInt8(scalar.value))
                wasSmall = scalar.value > 0x60
                continue
            case 0x41...0x5A:
                if wasSmall { end() }
                word.append(UInt8(scalar.value) + 0x20)
            case ..<0x80: end()
            default:
                if let plain = withoutStroke[scalar] {
                    word += plain.utf8
                } else if isPartOfWord(scalar) {
                    word += Character(scalar).utf8
                } else {
                    end()
                }
            }
            wasSmall = false
        }
        end()
        return words
    }

    /// Every character beyond ASCII but signs, marks of punctuation and blanks.
    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAA, 0xB5, 0xBA: true
        case ..<0xC0, 0xD7, 0xF7, 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0x30FB, 0xFE00...0xFE6F,
            0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFE0...0xFFFF:
            false
        default: true
        }
    }

    /// Letters whose strokes and ligatures are no accents.
    private static let withoutStroke: [Unicode.Scalar: String] = [
        "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe",
    ]
}
