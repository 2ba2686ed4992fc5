import Synchronization

/// The languages of a folder of `.po` files, and English. A file is read when its language is first asked for.
package final class Languages: Sendable {
    /// English first, then by code.
    package let all: [Language]
    private let source: Source
    private let library: TemplateLibrary
    private let read: Mutex<[Language: Words]> = Mutex([:])

    private enum Source: Sendable {
        case folder(String)
        /// By the languages' codes.
        case texts([String: String])

        /// At least the first bytes of a file, or all of it.
        func bytes(of code: String, atMost limit: Int = .max) throws(TemplateError) -> [UInt8] {
            switch self {
            case .folder(let folder): try TemplateFolder.read("\(folder)/\(code).po", atMost: limit)
            case .texts(let texts): Array((texts[code] ?? "").utf8)
            }
        }

        func file(of code: String) -> String {
            switch self {
            case .folder(let folder): "\(folder)/\(code).po"
            case .texts: "\(code).po"
            }
        }
    }

    /// What is made of a file.
    private struct Words: Sendable {
        let translation: Translation
        let library: TemplateLibrary
    }

    /// Reads the headers of all files: `Language: pt-BR`, `X-Language-Name: Português (Brasil)` and, where it is written
    /// from right to left, `X-Direction: rtl`.
    package convenience init(folder: String, _ library: TemplateLibrary) throws(TemplateError) {
        try self.init(.folder(folder), try TemplateFolder(path: folder).names(endingIn: ".po"), library)
    }

    /// Files from memory, by the languages' codes.
    package convenience init(_ texts: [String: String], _ library: TemplateLibrary) throws(TemplateError) {
        try self.init(.texts(texts), texts.keys.sorted(), library)
    }

    private init(_ source: Source, _ codes: [String], _ library: TemplateLibrary) throws(TemplateError) {
        self.source = source
        self.library = library
        var languages = [Language.english]
        for code in codes {
            let file = source.file(of: code)
            let header = try MessageCatalog(
                Self.header(try source.bytes(of: code, atMost: 4096), file)
            ).header
            guard let name = header["X-Language-Name"], !name.isEmpty, header["Language"] == code else {
                throw TemplateError(
                    file: file, line: 1, column: 1,
                    message: "the header needs the lines Language: \(code) and X-Language-Name: …")
            }
            languages.append(
                Language(code: code, name: name, isRightToLeft: header["X-Direction"] == "rtl"))
        }
        all = languages
    }

    /// The language with that code; nil where there is none.
    package func language(_ code: String) -> Language? { all.first { $0.code == code } }

    /// All its texts. The first call reads the file, some milliseconds. Throws where the file is not right.
    package func translation(_ language: Language) throws(TemplateError) -> Translation {
        language == .english ? .english : try words(language).translation
    }

    /// Reads all files, and every template in each language. Throws for the first that is not right.
    package func check() throws(TemplateError) {
        try library.check()
        for language in all where language != .english {
            try words(language).library.check()
            let text = try text(of: language)
            var reader = POReader(text)
            while let entry = try reader.next() {
                guard let place = entry.unknownPlace, !entry.isFuzzy else { continue }
                throw text.error(at: entry.offset, "the English sentence has no \(place)")
            }
        }
    }

    private func text(of language: Language) throws(TemplateError) -> TemplateSource {
        try TemplateSource(
            name: language.code, file: source.file(of: language.code),
            bytes: try source.bytes(of: language.code))
    }

    /// English for a file that is not right: `--check` and the tests tell which.
    package func translation(orEnglish language: Language) -> Translation {
        (try? translation(language)) ?? .english
    }

    /// A page in that language.
    func template<Model: TemplateModel>(
        _ name: String, in language: Language, for model: Model.Type
    ) throws(TemplateError) -> Template<Model> {
        let library = language == .english ? library : try words(language).library
        return try library.template(name, for: model)
    }

    private func words(_ language: Language) throws(TemplateError) -> Words {
        if let words = read.withLock({ $0[language] }) { return words }
        let translation = try Translation(language, try text(of: language))
        let words = Words(translation: translation, library: library.translated(by: translation))
        read.withLock { $0[language] = words }
        return words
    }

    /// The first entry alone, up to the empty line behind it.
    private static func header(_ bytes: [UInt8], _ file: String) throws(TemplateError) -> TemplateSource {
        let end = bytes.indices.dropLast().first { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
        return try TemplateSource(name: file, file: file, bytes: Array(bytes[..<(end ?? bytes.count)]))
    }
}

/// A page in every language, each compiled when it is first shown.
package struct TranslatedTemplate<Model: TemplateModel>: Sendable {
    private let name: String
    private let languages: Languages
    private let compiled = Compiled()

    private final class Compiled: Sendable {
        let english: Mutex<Template<Model>?> = Mutex(nil)
        let others: Mutex<[Language: Template<Model>]> = Mutex([:])
    }

    package init(_ name: String, of languages: Languages) {
        self.name = name
        self.languages = languages
    }

    /// Compiles the page in English. Throws where it or what it includes cannot be read, or names what the model lacks.
    package func check() throws(TemplateError) { _ = try english() }

    /// The page as UTF-8; in English where the language's file is not right, which `--check` and the tests tell. Throws
    /// what `check` throws.
    package func render(_ model: Model, in language: Language) throws(TemplateError) -> [UInt8] {
        guard language != .english else { return try english().render(model) }
        if let template = compiled.others.withLock({ $0[language] }) { return template.render(model) }
        let template: Template<Model>
        do {
            template = try languages.template(name, in: language, for: Model.self)
        } catch {
            template = try english()
        }
        compiled.others.withLock { $0[language] = template }
        return template.render(model)
    }

    private func english() throws(TemplateError) -> Template<Model> {
        if let template = compiled.english.withLock({ $0 }) { return template }
        let template = try languages.template(name, in: .english, for: Model.self)
        compiled.english.withLock { $0 = template }
        return template
    }
}
