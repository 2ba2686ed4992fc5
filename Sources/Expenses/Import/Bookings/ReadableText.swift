/// Text without what no person reads.
enum ReadableText {
    /// Without repeated blanks, line ends and the masks of card numbers, where something is left.
    static func cleaned(_ text: String) -> String {
        var text = text
        // Some programs put quotes of their own around a text, to keep it text.
        if text.first == "'", !text.dropFirst().contains("'") || text.last == "'" {
            text = String(text.dropFirst().drop { $0 == " " })
            if text.last == "'" { text.removeLast() }
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        let kept = words.filter { !isMask($0) }
        return (kept.contains { $0.contains(where: \.isLetter) } ? kept : words).joined(separator: " ")
    }

    /// `****1234`, `XX-0000`, `0000XXXXXX0000`.
    private static func isMask(_ word: Substring) -> Bool {
        let masks = word.count { $0 == "*" || $0 == "X" || $0 == "x" }
        return masks > 1 && word.contains(where: \.isNumber)
            && word.allSatisfy { $0 == "*" || $0 == "X" || $0 == "x" || $0 == "-" || $0.isNumber }
    }
}
