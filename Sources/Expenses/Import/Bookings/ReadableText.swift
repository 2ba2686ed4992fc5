/// Text without what no person reads.
enum ReadableText {
    /// Without repeated blanks, line ends, the masks of card numbers and the numbers of terminals, where something is left.
    static func cleaned(_ text: String) -> String {
        var text = text
        // Some programs put quotes of their own around a text, to keep it text.
        if text.first == "'", !text.dropFirst().contains("'") || text.last == "'" {
            text = String(text.dropFirst().drop { $0 == " " })
            if text.last == "'" { text.removeLast() }
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        var kept: [Substring] = []
        for word in words where !isMask(word) {
            if let last = kept.last, isTerminal(last), word.count > 2, word.allSatisfy(\.isNumber) {
                kept.removeLast()
            } else {
                kept.append(word)
            }
        }
        return (kept.contains { $0.contains(where: \.isLetter) } ? kept : words).joined(separator: " ")
    }

    /// What stands before the number of a shop's terminal.
    private static func isTerminal(_ word: Substring) -> Bool {
        [
            "terminal", "terminal:", "term", "term.", "term:", "tid", "tid:", "terminal-nr.", "terminal-id",
            "terminal-id:",
        ]
        .contains(word.lowercased())
    }

    /// `****1234`, `XX-0000`, `0000XXXXXX0000`.
    private static func isMask(_ word: Substring) -> Bool {
        let masks = word.count { $0 == "*" || $0 == "X" || $0 == "x" }
        return masks > 1 && word.contains(where: \.isNumber)
            && word.allSatisfy { $0 == "*" || $0 == "X" || $0 == "x" || $0 == "-" || $0.isNumber }
    }
}
