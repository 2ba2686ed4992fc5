/// Reads the inside of a tag; says what is wrong with it in words for the template's author.
struct TagReader {
    struct Problem: Error { let message: String }

    private let content: String

    static func read(_ content: String) throws(Problem) -> Tag {
        try TagReader(content: content).tag()
    }

    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private func tag() throws(Problem) -> Tag {
        let words = content.utf8.split(whereSeparator: Self.isBlank).map { String(Substring($0)) }
        guard let word = words.first else {
            throw Problem(message: "this tag is empty; name a variable in it")
        }
        let rest = words.dropFirst()
        switch word {
        case "#if": return .openIf(try condition(rest, of: "#if"))
        case "#each": return .openEach(try path(rest, of: "#each"))
        case "#with": return .openWith(try path(rest, of: "#with"))
        case "#block": return .openBlock(try quoted(rest, of: "#block"))
        case "#layout": return .layout(try quoted(rest, of: "#layout"))
        case "block" where !rest.isEmpty: return .block(try quoted(rest, of: "block"))
        case "else": return try otherwise(rest)
        case "/if", "/each", "/with", "/block":
            guard rest.isEmpty else { throw Problem(message: "write {{\(word)}} without anything after it") }
            return .close(String(word.dropFirst()))
        case ">":
            return .partial(try partialName(rest))
        case _ where word.hasPrefix(">"):
            return .partial(try partialName([String(word.dropFirst())] + rest))
        case _ where word.hasPrefix("#") || word.hasPrefix("/") || word.hasPrefix("^"):
            throw Problem(
                message:
                    "unknown block `\(word)`; there are #if (and #if not), #each, #with, #block and #layout")
        case _ where word.hasPrefix("&") || word.hasPrefix("{"):
            throw Problem(message: "there is no raw output; write {{name}}, which is escaped where it stands")
        default:
            return .variable(try path(words[...], of: ""))
        }
    }

    private func otherwise(_ words: ArraySlice<String>) throws(Problem) -> Tag {
        guard let word = words.first else { return .otherwise }
        guard word == "if" else { throw Problem(message: "write {{else}} or {{else if name}}") }
        return .elseIf(try condition(words.dropFirst(), of: "else if"))
    }

    private func condition(_ words: ArraySlice<String>, of tag: String) throws(Problem) -> Condition {
        guard words.first == "not", words.count > 1 else {
            return Condition(path: try path(words, of: tag), isNegated: false)
        }
        return Condition(path: try path(words.dropFirst(), of: tag + " not"), isNegated: true)
    }

    private func path(_ words: ArraySlice<String>, of tag: String) throws(Problem) -> Path {
        guard let word = words.first, words.count == 1 else {
            guard !tag.isEmpty else {
                throw Problem(message: "`\(content)` is not one variable; a tag holds a single name")
            }
            throw Problem(message: "name one variable, as in {{\(tag) name}}")
        }
        let segments = word.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.allSatisfy({ Self.isName($0) }) else {
            throw Problem(
                message:
                    "`\(word)` is not a variable's name; a name is letters, digits and _, joined by points")
        }
        return Path(segments: segments.map(String.init))
    }

    private func quoted(_ words: ArraySlice<String>, of tag: String) throws(Problem) -> String {
        guard let word = words.first, words.count == 1, word.utf8.count > 2, word.first == "\"",
            word.last == "\"",
            Self.isFileName(word.dropFirst().dropLast())
        else { throw Problem(message: "name it in quotes, as in {{\(tag) \"name\"}}") }
        return String(word.dropFirst().dropLast())
    }

    private func partialName(_ words: ArraySlice<String>) throws(Problem) -> String {
        guard let word = words.first, words.count == 1, Self.isFileName(word) else {
            throw Problem(message: "name one template without its ending, as in {{> expenses/row}}")
        }
        return word
    }

    private static func isFileName(_ text: some StringProtocol) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy {
                    isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
                }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
