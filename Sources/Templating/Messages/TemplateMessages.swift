/// The sentences of one template, found by its HTML, so that the English text stands in it like any other text.
///
/// A sentence is what stands between two block elements: text, values and inline elements. For translators it is
/// `Press <a>the amount</a> to edit {name}`: elements without their attributes, the second of a name as `<a2>`, and
/// values by the names of their fields. Where an element holds no letters beside others, each of these is a sentence of
/// its own. The attributes in `attributes` are sentences too. `translate="no"`, `<code>`, `<kbd>` and `<pre>` are left
/// as they are. `{{! context: verb }}` in front of a sentence tells two meanings of the same English text apart.
struct TemplateMessages: Sendable {
    struct Found: Sendable {
        let english: String
        let context: String
        /// Where it stands in the file.
        let range: Range<Int>
        /// What `{name}`, `<a>` and `</a>` stand for.
        fileprivate let parts: [String: Range<Int>]
        fileprivate let isAttribute: Bool
    }

    /// In the order of the file.
    let found: [Found]
    private let source: TemplateSource

    init(_ source: TemplateSource) throws(TemplateError) {
        self.source = source
        var finder = Finder(source)
        try finder.run()
        found = finder.found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static let attributes: Set<String> = ["alt", "aria-label", "label", "placeholder", "title"]
    private static let inlineElements: Set<String> = [
        "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span",
        "strong",
        "sub", "sup", "time", "u", "var",
    ]
    private static let untranslatedElements: Set<String> = [
        "code", "kbd", "pre", "script", "style", "textarea",
    ]

    /// The template in that language; what has no translation, or one that does not fit, stays English.
    func translated(by translation: Translation) -> [UInt8] {
        var bytes: [UInt8] = []
        var place = 0
        for message in found {
            guard let text = translation.translation(of: message.english, context: message.context),
                let replacement = markup(of: text, for: message, in: translation.language)
            else { continue }
            bytes += source.bytes[place..<message.range.lowerBound]
            bytes += replacement
            place = message.range.upperBound
        }
        return bytes + source.bytes[place...]
    }

    /// Nil where the values and elements of the text are not those of the message.
    ///
    /// Values stand between U+2068 and U+2069 in languages from right to left, as in a `Message`.
    private func markup(of text: String, for message: Found, in language: Language) -> [UInt8]? {
        guard let pieces = MessagePieces(text),
            pieces.names.sorted() == MessagePieces(message.english)?.names.sorted(), pieces.isBalanced
        else { return nil }
        var bytes: [UInt8] = []
        for piece in pieces.pieces {
            switch piece {
            case .name(let name):
                guard let range = message.parts[name] else { return nil }
                let isIsolated = language.isRightToLeft && name.hasPrefix("{")
                if isIsolated { bytes += "\u{2068}".utf8 }
                bytes += source.bytes[range]
                if isIsolated { bytes += "\u{2069}".utf8 }
            case .text(let text):
                for byte in text.utf8 {
                    switch byte {
                    case UInt8(ascii: "&"): bytes += "&amp;".utf8
                    case UInt8(ascii: "<"): bytes += "&lt;".utf8
                    case UInt8(ascii: ">"): bytes += "&gt;".utf8
                    case UInt8(ascii: "\"") where message.isAttribute: bytes += "&#34;".utf8
                    case UInt8(ascii: "'") where message.isAttribute: bytes += "&#39;".utf8
                    default: bytes.append(byte)
                    }
                }
            }
        }
        return bytes
    }
}

/// A message cut into its text, its values (`{name}`) and its elements (`<a>`, `</a>`).
package struct MessagePieces {
    enum Piece: Equatable {
        case text(String)
        /// With its braces or angle brackets.
        case name(String)
    }

    private(set) var pieces: [Piece] = []

    /// Nil where a brace or an element is opened and not closed.
    init?(_ text: String) {
        var rest = Substring(text)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "<" }) {
            let closing: Character = rest[open] == "{" ? "}" : ">"
            guard let close = rest[open...].firstIndex(of: closing) else { return nil }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.name(String(rest[open...close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }

    /// Sorted; empty where the text cannot be read.
    package static func names(in text: String) -> [String] { MessagePieces(text)?.names.sorted() ?? [] }

    var names: [String] {
        pieces.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// Whether elements are closed in the opposite order of their opening.
    var isBalanced: Bool {
        var open: [Substring] = []
        for name in names where name.hasPrefix("<") {
            if name.hasPrefix("</") {
                guard open.popLast() == name.dropFirst(2) else { return false }
            } else {
                open.append(name.dropFirst())
            }
        }
        return open.isEmpty
    }
}

extension TemplateMessages {
    private struct Token {
        enum Kind: Equatable {
            case text
            /// `{{name}}`
            case value(String)
            case open(String)
            case close(String)
        }

        let kind: Kind
        let range: Range<Int>
        var isTranslated = true
    }

    private struct Finder {
        private let source: TemplateSource
        private let bytes: [UInt8]
        private var place = 0
        private var open: [Token] = []
        private var context = ""
        var found: [Found] = []

        init(_ source: TemplateSource) {
            self.source = source
            bytes = source.bytes
        }

        mutating func run() throws(TemplateError) {
            while place < bytes.count {
                if bytes[place...].starts(with: "{{".utf8) {
                    try readTemplateTag()
                } else if bytes[place] == UInt8(ascii: "<") {
                    try readMarkup()
                } else {
                    let start = place
                    while place < bytes.count, bytes[place] != UInt8(ascii: "<"),
                        !bytes[place...].starts(with: "{{".utf8)
                    { place += 1 }
                    open.append(Token(kind: .text, range: start..<place))
                }
            }
            try endRun()
        }

        private mutating func readTemplateTag() throws(TemplateError) {
            let start = place
            let end = endOfTemplateTag(from: start)
            let content = source.text(start + 2..<end - 2)
            place = end
            if TemplateMessages.isValue(content) {
                open.append(
                    Token(kind: .value(content.filter { $0 != " " }), range: start..<end))
                return
            }
            try endRun()
            let marker = "! context:"
            if content.hasPrefix(marker) {
                context = String(content.dropFirst(marker.count).drop { $0 == " " })
                while context.hasSuffix(" ") { context.removeLast() }
            }
        }

        /// Every tag is closed: the parser has read the file before.
        private func endOfTemplateTag(from start: Int) -> Int {
            let closing = bytes[start...].starts(with: "{{!--".utf8) ? Array("--}}".utf8) : Array("}}".utf8)
            var end = start + 2
            while end < bytes.count, !bytes[end...].starts(with: closing) { end += 1 }
            return min(end + closing.count, bytes.count)
        }

        /// A tag, a comment or a declaration.
        private mutating func readMarkup() throws(TemplateError) {
            let start = place
            let isEnd = bytes[start...].starts(with: "</".utf8)
            place += isEnd ? 2 : 1
            let nameStart = place
            while place < bytes.count, TemplateMessages.isNameByte(bytes[place]) { place += 1 }
            let name = source.text(nameStart..<place).lowercased()
            let isTranslated = try readAttributes(of: name)
            guard TemplateMessages.inlineElements.contains(name) else {
                try endRun()
                if !isEnd, TemplateMessages.untranslatedElements.contains(name) || !isTranslated {
                    skip(pastEndOf: name)
                }
                return
            }
            open.append(
                Token(
                    kind: isEnd ? .close(name) : .open(name), range: start..<place,
                    isTranslated: isTranslated && !TemplateMessages.untranslatedElements.contains(name)))
        }

        private mutating func skip(pastEndOf name: String) {
            let closing = Array("</\(name)>".utf8)
            while place < bytes.count, !bytes[place...].starts(with: closing) { place += 1 }
            place = min(place + closing.count, bytes.count)
        }

        /// To behind the `>`. Returns false for `translate="no"`.
        private mutating func readAttributes(of element: String) throws(TemplateError) -> Bool {
            var isTranslated = true
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: ">"):
                    place += 1
                    return isTranslated
                case UInt8(ascii: "{"): place = endOfTemplateTag(from: place)
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    let quote = bytes[place]
                    let name = attributeName(before: place)
                    let start = place + 1
                    place = start
                    while place < bytes.count, bytes[place] != quote {
                        place =
                            bytes[place...].starts(with: "{{".utf8)
                            ? endOfTemplateTag(from: place) : place + 1
                    }
                    if name == "translate", source.text(start..<place) == "no" { isTranslated = false }
                    if TemplateMessages.attributes.contains(name) { try addAttribute(start..<place) }
                    place = min(place + 1, bytes.count)
                default: place += 1
                }
            }
            return isTranslated
        }

        private func attributeName(before quote: Int) -> String {
            var end = quote
            while end > 0, bytes[end - 1] == UInt8(ascii: "=") || bytes[end - 1] == UInt8(ascii: " ") {
                end -= 1
            }
            var start = end
            while start > 0, TemplateMessages.isNameByte(bytes[start - 1]) { start -= 1 }
            return source.text(start..<end).lowercased()
        }

        private mutating func addAttribute(_ range: Range<Int>) throws(TemplateError) {
            var tokens: [Token] = []
            var start = range.lowerBound
            var place = start
            while place < range.upperBound {
                guard bytes[place...].starts(with: "{{".utf8) else {
                    place += 1
                    continue
                }
                if start < place { tokens.append(Token(kind: .text, range: start..<place)) }
                let end = endOfTemplateTag(from: place)
                let content = source.text(place + 2..<end - 2)
                guard TemplateMessages.isValue(content) else {
                    throw source.error(
                        at: place,
                        "an attribute that is translated is one whole sentence, without {{\(content)}}")
                }
                tokens.append(Token(kind: .value(content.filter { $0 != " " }), range: place..<end))
                (start, place) = (end, end)
            }
            if start < range.upperBound { tokens.append(Token(kind: .text, range: start..<range.upperBound)) }
            guard tokens.contains(where: hasLetters) else { return }
            add(tokens[...], isAttribute: true)
        }

        private mutating func endRun() throws(TemplateError) {
            let tokens = open
            open = []
            addMessages(in: tokens[...])
        }

        /// Elements that are opened or closed elsewhere part what stands before from what stands behind.
        private mutating func addMessages(in tokens: ArraySlice<Token>) {
            var open: [Int] = []
            var unpaired: [Int] = []
            for (index, token) in zip(tokens.indices, tokens) {
                if case .open = token.kind { open.append(index) }
                if case .close = token.kind, open.popLast() == nil { unpaired.append(index) }
            }
            unpaired += open
            var start = tokens.startIndex
            for index in unpaired.sorted() {
                addBalanced(tokens[start..<index])
                start = index + 1
            }
            addBalanced(tokens[start...])
        }

        private mutating func addBalanced(_ tokens: ArraySlice<Token>) {
            var depth = 0
            var elements: [Range<Int>] = []
            var elementStart = 0
            var isSentence = false
            for (index, token) in zip(tokens.indices, tokens) {
                switch token.kind {
                case .open:
                    if depth == 0 { elementStart = index }
                    depth += 1
                case .close:
                    depth -= 1
                    if depth == 0 { elements.append(elementStart..<index) }
                case .text: if depth == 0, hasLetters(token) { isSentence = true }
                case .value: break
                }
            }
            guard !isSentence else { return add(tokens, isAttribute: false) }
            for element in elements where tokens[element.lowerBound].isTranslated {
                addBalanced(tokens[element.lowerBound + 1..<element.upperBound])
            }
        }

        private func hasLetters(_ token: Token) -> Bool {
            token.kind == .text
                && TemplateMessages.decoded(source.text(token.range)).contains(where: \.isLetter)
        }

        /// One sentence, without the blanks around it.
        private mutating func add(_ tokens: ArraySlice<Token>, isAttribute: Bool) {
            guard let first = tokens.first, let last = tokens.last else { return }
            var english = ""
            var parts: [String: Range<Int>] = [:]
            var elements: [String] = []
            var counts: [String: Int] = [:]
            for token in tokens {
                switch token.kind {
                case .text: english += TemplateMessages.decoded(source.text(token.range))
                case .value(let name):
                    english += "{\(name)}"
                    parts["{\(name)}"] = token.range
                case .open(let name):
                    counts[name, default: 0] += 1
                    let label = counts[name] == 1 ? name : name + String(counts[name] ?? 1)
                    elements.append(label)
                    english += "<\(label)>"
                    parts["<\(label)>"] = token.range
                case .close:
                    let label = elements.popLast() ?? ""
                    english += "</\(label)>"
                    parts["</\(label)>"] = token.range
                }
            }
            var range = first.range.lowerBound..<last.range.upperBound
            while let byte = bytes[range].first, TemplateMessages.isBlank(byte) { range.removeFirst() }
            while let byte = bytes[range].last, TemplateMessages.isBlank(byte) { range.removeLast() }
            found.append(
                Found(
                    english: TemplateMessages.withoutBlanksAround(english), context: context, range: range,
                    parts: parts, isAttribute: isAttribute))
            context = ""
        }
    }

    /// Whether a template's tag shows a value.
    private static func isValue(_ content: String) -> Bool {
        guard let first = content.first(where: { $0 != " " }), !"#/>!&{^".contains(first) else {
            return false
        }
        let words = content.split(separator: " ")
        return words.count == 1 && words[0] != "else"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// With one space for each run of blanks, which is what a browser shows.
    private static func withoutBlanksAround(_ text: String) -> String {
        text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" })
            .joined(separator: " ")
    }

    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var decoded = ""
        var rest = Substring(text)
        let references = [
            "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#34;": "\"", "&#39;": "'", "&nbsp;": "\u{A0}",
        ]
        while let ampersand = rest.firstIndex(of: "&") {
            decoded += rest[..<ampersand]
            rest = rest[ampersand...]
            if let (reference, character) = references.first(where: { rest.hasPrefix($0.key) }) {
                decoded += character
                rest = rest.dropFirst(reference.count)
            } else if rest.hasPrefix("&amp;") {
                decoded += "&"
                rest = rest.dropFirst("&amp;".count)
            } else {
                decoded.append(rest.removeFirst())
            }
        }
        return decoded + rest
    }
}
