/// The text of a page's body as people see it: a line for each heading, paragraph, row, label and option.
///
/// Pictures' titles and the list of time zones, which is the machine's, are left out.
struct VisibleText: CustomStringConvertible {
    private(set) var description = ""
    private var line = ""

    private static let breaking: Set<String> = [
        "h1", "h2", "h3", "p", "li", "tr", "div", "label", "option", "text", "summary", "section", "ul",
        "form",
        "dt", "dl", "legend", "button", "nav", "header", "footer", "main", "table", "select", "fieldset",
    ]

    init(of page: String) {
        var rest = page[(page.firstRange(of: "<body>")?.upperBound ?? page.startIndex)...]
        while let start = rest.firstIndex(of: "<") {
            line += rest[..<start]
            let tag = rest[start...].prefix { $0 != ">" }
            rest = rest[tag.endIndex...].dropFirst()
            let name = tag.dropFirst().split { " /\n".contains($0) }.first.map(String.init) ?? ""
            let hidden = ["title", "desc"].contains(name) || tag.contains("id=\"zone\"")
            if hidden, !tag.hasPrefix("</"), let end = rest.firstRange(of: "</\(name)>") {
                rest = rest[end.upperBound...]
            }
            if Self.breaking.contains(name) { breakLine() } else { line += " " }
        }
        line += rest
        breakLine()
    }

    private mutating func breakLine() {
        let words = Self.decoded(line).split(whereSeparator: \.isWhitespace)
        if !words.isEmpty { description += words.joined(separator: " ") + "\n" }
        line = ""
    }

    private static func decoded(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
