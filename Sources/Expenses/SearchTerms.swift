/// What a text to search for asks of a description: that it has all of its words, in any order. What stands in quotes is
/// looked for as it stands.
package struct SearchTerms: Hashable, Sendable {
    /// Each as `searchKey` makes it; none is empty or there twice.
    package private(set) var keys: [String] = []
    /// The same as they were typed.
    package private(set) var words: [String] = []

    package init(_ text: String) {
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
                append(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                let end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
                append(rest[..<end])
                rest = rest[end...]
            }
        }
    }

    private mutating func append(_ part: Substring) {
        let key = searchKey(String(part))
        guard !key.isEmpty, !keys.contains(key) else { return }
        keys.append(key)
        words.append(String(part))
    }
}
