/// The entries of a `.po` file (gettext manual, 3), by what they translate.
struct MessageCatalog: Sendable {
    struct Key: Hashable, Sendable {
        let context: String
        let english: String
    }

    /// One text, or one for each plural form.
    private(set) var entries: [Key: [String]] = [:]
    /// The lines of the entry with an empty `msgid`: `Language: de`.
    private(set) var header: [String: String] = [:]

    /// Fuzzy and empty translations are left out, as by `msgfmt`. Throws at the first line that is not right.
    init(_ source: TemplateSource) throws(TemplateError) {
        var reader = POReader(source)
        while let entry = try reader.next() {
            guard !entry.english.isEmpty else {
                header = Self.header(entry.translations.first ?? "")
                continue
            }
            guard !entry.isFuzzy, !entry.translations.contains("") else { continue }
            entries[Key(context: entry.context, english: entry.english)] = entry.translations
        }
    }

    /// No translations.
    init() {}

    private static func header(_ text: String) -> [String: String] {
        var header: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            header[String(line[..<colon])] = String(
                line[line.index(after: colon)...].drop { $0 == " " })
        }
        return header
    }
}

/// Reads one entry after the other.
struct POReader {
    struct Entry {
        var context = ""
        var english = ""
        var plural: String?
        var translations: [String] = []
        var isFuzzy = false
        /// Where it begins in the file.
        var offset = 0

        /// A place such as `{name}` that a translation has and the English sentence lacks; nil where all are known. Its
        /// braces would be shown as they are.
        var unknownPlace: String? {
            let known = Set((Self.places(in: english) + Self.places(in: plural ?? "")))
            return translations.lazy.flatMap(Self.places).first { !known.contains($0) }
        }

        private static func places(in text: String) -> [String] {
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map { part in
                "{" + part.prefix { $0 != "}" } + "}"
            }
        }
    }

    private enum Part {
        case context, english, plural
        case translation(Int)
    }

    private let source: TemplateSource
    private var place = 0

    init(_ source: TemplateSource) {
        self.source = source
    }

    /// Nil after the last entry.
    mutating func next() throws(TemplateError) -> Entry? {
        var entry = Entry()
        var part: Part?
        while place < source.bytes.count {
            let start = place
            let line = nextLine()
            if line.isEmpty {
                guard part == nil else { return entry }
            } else if line[line.startIndex] == UInt8(ascii: "#") {
                // An entry without an empty line behind it ends where the comments of the next one begin.
                guard part == nil else {
                    place = start
                    return entry
                }
                if line.starts(with: "#,".utf8), text(line).contains("fuzzy") { entry.isFuzzy = true }
            } else {
                var rest = line
                if line[line.startIndex] != UInt8(ascii: "\"") {
                    guard let quote = line.firstIndex(of: UInt8(ascii: "\"")) else {
                        throw source.error(at: start, "a keyword is followed by a text in quotes")
                    }
                    // An entry without an empty line behind it ends where the next one begins.
                    let keyword = text(line[..<quote]).filter { $0 != " " }
                    if case .translation = part, !keyword.hasPrefix("msgstr") {
                        place = start
                        return entry
                    }
                    if part == nil { entry.offset = start }
                    part = try self.part(keyword, at: start)
                    rest = line[quote...]
                }
                guard let part else { throw source.error(at: start, "a text stands here without a keyword") }
                add(try quoted(rest, at: start), to: part, of: &entry)
            }
        }
        return part == nil ? nil : entry
    }

    private func part(_ keyword: String, at offset: Int) throws(TemplateError) -> Part {
        switch keyword {
        case "msgctxt": return .context
        case "msgid": return .english
        case "msgid_plural": return .plural
        case "msgstr": return .translation(0)
        default:
            guard keyword.hasPrefix("msgstr["), keyword.hasSuffix("]"),
                let form = Int(keyword.dropFirst("msgstr[".count).dropLast()), (0..<6).contains(form)
            else { throw source.error(at: offset, "`\(keyword)` is no keyword of a .po file") }
            return .translation(form)
        }
    }

    private func add(_ text: String, to part: Part, of entry: inout Entry) {
        switch part {
        case .context: entry.context += text
        case .english: entry.english += text
        case .plural: entry.plural = (entry.plural ?? "") + text
        case .translation(let form):
            while entry.translations.count <= form { entry.translations.append("") }
            entry.translations[form] += text
        }
    }

    private mutating func nextLine() -> ArraySlice<UInt8> {
        let rest = source.bytes[place...]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        place = min(end + 1, rest.endIndex)
        var line = rest[..<end]
        while let last = line.last, last == 0x20 || last == 0x0D || last == 0x09 { line.removeLast() }
        return line.drop { $0 == 0x20 || $0 == 0x09 }
    }

    /// `"…"` with C's escapes.
    private func quoted(_ line: ArraySlice<UInt8>, at offset: Int) throws(TemplateError) -> String {
        let quote = UInt8(ascii: "\"")
        guard line.count >= 2, line.first == quote, line.last == quote else {
            throw source.error(at: offset, "this text is not in quotes")
        }
        let content = line.dropFirst().dropLast()
        guard content.contains(where: { $0 == UInt8(ascii: "\\") || $0 == quote }) else {
            return text(content)
        }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in content {
            guard isEscaped || byte == UInt8(ascii: "\\") else {
                guard byte != quote else {
                    throw source.error(at: offset, "write \\\" for a quote in a text")
                }
                bytes.append(byte)
                continue
            }
            if isEscaped {
                switch byte {
                case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
                case UInt8(ascii: "\\"), quote: bytes.append(byte)
                default: throw source.error(at: offset, "only \\n, \\t, \\\" and \\\\ are escapes here")
                }
            }
            isEscaped.toggle()
        }
        guard !isEscaped else { throw source.error(at: offset, "this text ends within an escape") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
