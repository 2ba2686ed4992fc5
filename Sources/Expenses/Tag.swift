/// A word of a description that begins with `#`.
package enum Tag {
    /// In characters, without the `#`.
    package static let longest = 50

    /// A tag as it was typed, with or without its `#`, blanks in it as hyphens. Nil where it does not begin with a letter,
    /// has anything but letters, digits, `-` and `_`, or is too long; empty for nothing.
    package static func normalized(_ text: String) -> String? {
        guard text.utf8.count <= 8 * longest else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        let tag = words.hasPrefix("#") ? String(words.dropFirst()) : words
        guard let first = tag.first else { return text.contains("#") ? nil : "" }
        guard first.isLetter, tag.count <= longest else { return nil }
        return tag.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } ? tag : nil
    }
}
