import Templating

/// A description as a list shows it: a long one is cut, and the form to edit it has the whole.
///
/// It is measured in bytes of the page, where `<` takes five, so that no text makes a page of fifty rows heavy: 120
/// Latin letters, or forty Chinese characters.
struct Excerpt: TemplateValue {
    let text: String

    private static let longest = 120
    private static let ellipsis = "…"

    var isEmpty: Bool { text.isEmpty }

    /// Whether nothing is cut.
    var isWhole: Bool { end == text.endIndex }

    func write(to output: inout Output) {
        let end = end
        guard end < text.endIndex else { return output.append(text) }
        output.append(String(text[..<end]))
        output.append(Excerpt.ellipsis)
    }

    /// The text, or its beginning with an ellipsis.
    var shown: String {
        let end = end
        return end < text.endIndex ? text[..<end] + Excerpt.ellipsis : text
    }

    /// Where it is cut.
    var end: String.Index {
        // No byte takes more than five.
        guard text.utf8.count > Excerpt.longest / 5 else { return text.endIndex }
        var room = Excerpt.longest
        var end = text.startIndex
        // Where the text is cut, if it is: the last place with room for the ellipsis, between two characters.
        for index in text.utf8.indices {
            if room >= Excerpt.ellipsis.utf8.count { end = index }
            room -= Excerpt.length(of: text.utf8[index])
            guard room < 0 else { continue }
            while end > text.startIndex, String.Index(end, within: text) == nil {
                end = text.utf8.index(before: end)
            }
            return end
        }
        return text.endIndex
    }

    private static func length(of byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            0, 13:
            5
        default: 1
        }
    }
}
