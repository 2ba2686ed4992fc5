/// The text of a page's body as people see it: a line for each heading, paragraph, row, label and option.
///
/// Pictures' titles and the list of time zones, which is the machine's, are left out.
struct VisibleText {
    private(set) var lines: [String] = []
    /// What a browser shows outside of the page or a screen reader says: the page's and the pictures' titles, labels
    /// and hints.
    private(set) var labels: [String] = []
    private var line = ""

    private static let breaking: Set<String> = [
        "h1", "h2", "h3", "p", "li", "tr", "div", "label", "option", "text", "summary", "section", "ul",
        "form",
        "dt", "dl", "legend", "button", "nav", "header", "footer", "main", "table", "select", "fieldset",
    ]

    /// `part` is `body`, or `main` for the page without its frame.
    init(of page: String, part: String = "main") {
        // Each piece is a tag and the text behind it.
        var isInPart = false
        var hidden: Substring?
        for piece in page.split(separator: "<").dropFirst() {
            let end = piece.utf8.firstIndex(of: UInt8(ascii: ">")) ?? piece.endIndex
            let tag = piece[..<end]
            let text = end == piece.endIndex ? "" : piece[piece.utf8.index(after: end)...]
            let name = tag.prefix { $0 != " " && $0 != "\n" }
            if name == part { isInPart = true }
            if name == "/" + part { isInPart = false }
            if ["title", "desc"].contains(name) { labels.append(Self.decoded(text)) }
            labels += Self.labels(of: tag)
            if let open = hidden {
                guard name == "/" + open else { continue }
                hidden = nil
            } else if ["title", "desc"].contains(name) || tag.contains("id=\"zone\"") {
                hidden = name
            }
            guard isInPart else { continue }
            if Self.breaking.contains(String(name)) { breakLine() } else { line += " " }
            if hidden == nil { line += text }
        }
        breakLine()
    }

    private mutating func breakLine() {
        let words = Self.decoded(line[...]).split(whereSeparator: \.isWhitespace)
        if !words.isEmpty { lines.append(words.joined(separator: " ")) }
        line = ""
    }

    private static func labels(of tag: Substring) -> [String] {
        let parts = tag.split(separator: "=\"", omittingEmptySubsequences: false)
        return zip(parts, parts.dropFirst()).compactMap { before, after in
            [" aria-label", " title", " placeholder", " alt"].contains(where: before.hasSuffix)
                ? decoded(after.prefix { $0 != "\"" }) : nil
        }
    }

    private static func decoded(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        return [
            ("&lt;", "<"), ("&gt;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&"),
        ]
        .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}
