/// What a test looks for in a page's HTML.
extension TestBrowser.Answer {
    /// The text between the first `start` and the next `end`.
    func between(_ start: String, _ end: String) -> String? {
        guard let range = body.firstRange(of: start) else { return nil }
        let rest = body[range.upperBound...]
        guard let stop = rest.firstRange(of: end) else { return nil }
        return String(rest[..<stop.lowerBound])
    }

    /// Each text that follows `start`, up to `end`.
    func all(_ start: String, _ end: String) -> [String] {
        body.split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap {
            $0.firstRange(of: end).map { [rest = $0] in String(rest[..<$0.lowerBound]) }
        }
    }

    /// The number of expenses, their total and average, above the list.
    var match: String? {
        between("<h2 id=\"list-heading\">", "</h2>").flatMap { count in
            between("<p><strong>", "</p>").map {
                "\(count), \($0.replacing("</strong>", with: ""))"
            }
        }
    }

    /// The descriptions in the list, in order.
    var descriptions: [String] {
        let list = body.firstRange(of: "id=\"charts\"").map { body[..<$0.lowerBound] } ?? body[...]
        return list.split(separator: "<li>").dropFirst().compactMap {
            $0.firstRange(of: "<p>").flatMap { [row = $0] start in
                let rest = row[start.upperBound...]
                return rest.firstRange(of: "</p>").map { String(rest[..<$0.lowerBound]) }
            }
        }
    }

    /// The text of every notice, without the marks of its links.
    var notices: [String] { all("role=\"status\">\n<p>", "</p>").map { $0.replacing(/<[^>]*>/, with: "") } }

    /// The value of the first input of that name.
    func value(_ name: String) -> String? {
        body.split(separator: "<input").dropFirst().first { $0.contains("name=\"\(name)\"") }
            .flatMap { input in
                input.firstRange(of: "value=\"").flatMap { start in
                    let rest = input[start.upperBound...]
                    return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
                }
            }
    }
}
