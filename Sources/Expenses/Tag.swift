/// A word of a description that begins with `#` and a letter, and goes on with letters, digits, `-` and `_` of any script.
package enum Tag {
    /// In characters, without the `#`, as it is compared.
    package static let longest = 50

    /// A tag in a description.
    package struct Word: Hashable, Sendable {
        /// With its `#`.
        package let range: Range<String.Index>
        /// What tags are compared by: see `searchKey`.
        package let key: String
    }

    /// A tag as it was typed, with or without its `#`, blanks in it as hyphens. Nil where it does not begin with a letter,
    /// has anything but letters, digits, `-` and `_`, or is too long; empty for nothing.
    package static func normalized(_ text: String) -> String? {
        guard text.utf8.count <= 8 * longest else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        let tag = words.hasPrefix("#") ? String(words.dropFirst()) : words
        guard !tag.isEmpty else { return text.contains("#") ? nil : "" }
        let written = "#" + tag
        return Tag.words(in: written).first?.range == written.startIndex..<written.endIndex ? tag : nil
    }

    /// The tags of a description, or of its `searchKey`: both have the same.
    package static func words(in text: String) -> [Word] {
        guard mayBe(in: text) else { return [] }
        let scalars = text.unicodeScalars
        var words: [Word] = []
        var isAfterBlank = true
        var place = scalars.startIndex
        while place < scalars.endIndex {
            let scalar = scalars[place]
            if isAfterBlank, scalar == "#", let word = word(at: place, in: text) {
                words.append(word)
                place = word.range.upperBound
                isAfterBlank = false
                continue
            }
            // What nobody sees, such as a mark of the direction of writing, may stand between.
            isAfterBlank = scalar.properties.isWhitespace || isAfterBlank && isIgnored(scalar)
            place = scalars.index(after: place)
        }
        return words
    }

    /// False for most descriptions, at the cost of a look at each byte.
    package static func mayBe(in text: String) -> Bool {
        let bytes = text.utf8Span.span
        for place in bytes.indices where bytes[place] == UInt8(ascii: "#") { return true }
        return false
    }

    /// The keys of a description's tags, each once.
    package static func keys(in text: String) -> [String] {
        var keys: [String] = []
        for word in words(in: text) where !keys.contains(word.key) { keys.append(word.key) }
        return keys
    }

    /// How a description spells a tag, without the `#`; nil where it does not have it.
    package static func spelling(of key: String, in text: String) -> String? {
        words(in: text).first { $0.key == key }.map {
            String(text.unicodeScalars[$0.range].dropFirst())
        }
    }

    /// The description with a tag, behind what it says; as it is where it has the tag. Nil where it would be too long.
    package static func adding(_ name: String, to text: String) -> String? {
        guard !keys(in: text).contains(searchKey(name)) else { return text }
        let tagged = text.isEmpty ? "#" + name : text + " #" + name
        return Expense.isDescription(tagged) ? tagged : nil
    }

    /// The description with a tag spelled, or called, as it is now; nil takes the tag off. Of a tag that is there once more
    /// then, one goes. Nil where the description would be too long.
    package static func replacing(_ key: String, with name: String?, in text: String) -> String? {
        let words = words(in: text)
        let newKey = name.map(searchKey)
        // Whether nothing is to be written any more.
        var isDone = name == nil || newKey != key && words.contains { $0.key == newKey }
        let scalars = text.unicodeScalars
        var result = String.UnicodeScalarView()
        var place = scalars.startIndex
        for word in words where word.key == key {
            var before = scalars[place..<word.range.lowerBound]
            place = word.range.upperBound
            if let name, !isDone {
                result += before
                result += ("#" + name).unicodeScalars
                isDone = true
                continue
            }
            while before.last?.properties.isWhitespace == true { before.removeLast() }
            result += before
            guard result.isEmpty else { continue }
            while place < scalars.endIndex, scalars[place].properties.isWhitespace {
                place = scalars.index(after: place)
            }
        }
        result += scalars[place...]
        let replaced = String(result)
        return Expense.isDescription(replaced) ? replaced : nil
    }

    private static func word(at start: String.Index, in text: String) -> Word? {
        let scalars = text.unicodeScalars
        var end = scalars.index(after: start)
        var hasLetter = false
        while end < scalars.endIndex, continues(scalars[end], hasLetter) {
            hasLetter = hasLetter || !isIgnored(scalars[end])
            end = scalars.index(after: end)
        }
        guard hasLetter else { return nil }
        let key = searchKey(String(scalars[scalars.index(after: start)..<end]))
        guard !key.isEmpty, key.utf8.count <= 8 * longest, key.count <= longest else { return nil }
        return Word(range: start..<end, key: key)
    }

    private static func continues(_ scalar: Unicode.Scalar, _ hasLetter: Bool) -> Bool {
        if scalar.properties.isWhitespace { return false }
        if isIgnored(scalar) || scalar.properties.isAlphabetic { return true }
        guard hasLetter else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
        }
    }

    /// Whether `searchKey` leaves it out.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{300}"..."\u{36F}", "\u{FE00}"..."\u{FE0F}": return true
        case "\u{E0020}"..."\u{E007F}": return false
        default:
            guard scalar.value > 0x7F else { return scalar.value < 0x20 || scalar.value == 0x7F }
            let category = scalar.properties.generalCategory
            return category == .format || category == .control
        }
    }
}
