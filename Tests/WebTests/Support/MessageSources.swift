import Glibc
import Templating
import Testing

/// Every sentence of the program, as `messages.pot` lists them: those of the templates, and each `Message("…")` of the
/// Swift files.
struct MessageSources {
    struct Entry {
        let context: String
        let english: String
        var plural: String?
        /// The files that have it, from the package's root.
        var files: [String]
    }

    private(set) var entries: [Entry] = []
    private var places: [String: Int] = [:]

    init() throws {
        let library = try TemplateLibrary(directory: TestApp.packageRoot + "/Templates")
        for name in library.names {
            for message in try library.messages(of: name) {
                try add(message.english, nil, message.context, "Templates/\(name).html")
            }
        }
        for folder in ["Sources/Templating", "Sources/Web"] {
            for file in try Self.files(below: folder) { try read(file) }
        }
    }

    private mutating func add(
        _ english: String, _ plural: String?, _ context: String, _ file: String
    ) throws {
        let key = context + "\u{4}" + english
        guard let place = places[key] else {
            places[key] = entries.count
            entries.append(Entry(context: context, english: english, plural: plural, files: [file]))
            return
        }
        try #require(
            entries[place].plural == nil || plural == nil || entries[place].plural == plural,
            "“\(english)” has two plurals")
        if let plural { entries[place].plural = plural }
        if entries[place].files.last != file { entries[place].files.append(file) }
    }

    /// What stands between the parentheses of each `Message(`, as far as it is literals.
    private mutating func read(_ file: String) throws {
        let text = try Self.text(of: file)
        var rest = Substring(text)
        while let call = rest.firstRange(of: "Message(") {
            let isPart = rest[..<call.lowerBound].last.map { $0.isLetter || $0 == "." || $0 == "`" } ?? false
            let line = rest[..<call.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).last
            rest = rest[call.upperBound...]
            let isComment = line?.contains("//") ?? false
            guard !isPart, !isComment else { continue }
            var arguments = rest.drop(while: \.isWhitespace)
            if ["verbatim:", "list:", "date:"].contains(where: arguments.hasPrefix) { continue }
            let english = try literal(
                &arguments, "\(file): a Message begins with a literal: \(rest.prefix(60))")
            var context = ""
            var plural: String?
            while Self.take(",", &arguments) {
                if Self.take("context:", &arguments) {
                    context = try literal(&arguments, "\(file): context of “\(english)”")
                } else if Self.take("plural:", &arguments) {
                    plural = try literal(&arguments, "\(file): plural of “\(english)”")
                } else {
                    break
                }
            }
            try add(english, plural, context, file)
        }
    }

    private static func take(_ word: String, _ text: inout Substring) -> Bool {
        let trimmed = text.drop(while: \.isWhitespace)
        guard trimmed.hasPrefix(word) else { return false }
        text = trimmed.dropFirst(word.count)
        return true
    }

    private func literal(_ text: inout Substring, _ place: String) throws -> String {
        let literal = Self.takeLiteral(&text)
        return try #require(literal, "\(place)")
    }

    /// A literal without interpolation; nil where none stands there.
    private static func takeLiteral(_ text: inout Substring) -> String? {
        guard take("\"", &text) else { return nil }
        var literal = ""
        while let character = text.popFirst(), character != "\"" {
            guard character == "\\" else {
                literal.append(character)
                continue
            }
            guard let escaped = text.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
            literal.append(escaped)
        }
        return literal
    }

    /// The template for translators (gettext manual, 2.1).
    var template: String {
        var text = """
            # The sentences of Expense Tracker in English.
            #
            # {name} stands for a value, <a>…</a> for a link or another element: all of them have to be in a translation, in
            # the order of its language. `msgctxt` says which of several meanings is meant.
            msgid ""
            msgstr ""
            "Content-Type: text/plain; charset=UTF-8\\n"
            "Content-Transfer-Encoding: 8bit\\n"
            "Language: \\n"
            "X-Language-Name: \\n"
            "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

            """
        for entry in entries {
            text += "\n" + entry.files.map { "#: \($0)\n" }.joined()
            // msgfmt compares the values of all forms of a count.
            if entry.english.contains("{"),
                MessagePieces.names(in: entry.english)
                    == MessagePieces.names(in: entry.plural ?? entry.english)
            {
                text += "#, python-brace-format\n"
            }
            if !entry.context.isEmpty { text += "msgctxt \(Self.quoted(entry.context))\n" }
            text += "msgid \(Self.quoted(entry.english))\n"
            if let plural = entry.plural {
                text += "msgid_plural \(Self.quoted(plural))\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
            } else {
                text += "msgstr \"\"\n"
            }
        }
        return text
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }

    /// From the package's root, sorted.
    private static func files(below folder: String) throws -> [String] {
        let handle = unsafe try #require(opendir(TestApp.packageRoot + "/" + folder))
        defer { unsafe closedir(handle) }
        var files: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            if name.hasSuffix(".swift") {
                files.append("\(folder)/\(name)")
            } else if !name.contains(".") {
                files += try self.files(below: "\(folder)/\(name)")
            }
        }
        return files.sorted()
    }

    static func text(of file: String) throws -> String {
        let stream = unsafe try #require(fopen(TestApp.packageRoot + "/" + file, "r"), "\(file)")
        defer { unsafe fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
