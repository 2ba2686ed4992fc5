import Synchronization

/// Every template below a folder, read at once and parsed when it is first asked for. To show changed files, make another.
package final class TemplateLibrary: Sendable {
    private let sources: [String: TemplateSource]
    /// The language of their sentences.
    private let translation: Translation
    private let parsed: Mutex<[String: ParsedTemplate]> = Mutex([:])
    /// Written before each path of this site in an attribute that holds an address, such as `/money`; may be empty.
    private let basePath: String

    /// The names of all templates.
    package var names: [String] { sources.keys.sorted() }

    /// Reads every `*.html` below the folder; a template's name is its path there without the ending.
    ///
    /// Blocks while it reads. Throws for the first file that cannot be read or is not UTF-8.
    package convenience init(directory: String, basePath: String = "") throws(TemplateError) {
        var files: [(name: String, file: String, bytes: [UInt8])] = []
        for name in try TemplateFolder(path: directory).names() {
            let file = directory + "/" + name + ".html"
            files.append((name, file, try TemplateFolder.read(file)))
        }
        try self.init(files, basePath: basePath)
    }

    /// Templates by name, from memory; errors call them `NAME.html`.
    package convenience init(_ texts: [String: String], basePath: String = "") throws(TemplateError) {
        try self.init(
            texts.sorted { $0.key < $1.key }.map { ($0.key, $0.key + ".html", Array($0.value.utf8)) },
            basePath: basePath)
    }

    convenience init(
        _ files: [(name: String, file: String, bytes: [UInt8])], basePath: String
    ) throws(TemplateError) {
        var sources: [String: TemplateSource] = [:]
        for (name, file, bytes) in files {
            sources[name] = try TemplateSource(name: name, file: file, bytes: bytes)
        }
        self.init(sources, .english, basePath: basePath)
    }

    private init(_ sources: [String: TemplateSource], _ translation: Translation, basePath: String) {
        self.sources = sources
        self.translation = translation
        self.basePath = basePath
    }

    /// Parses every template, also those that no page shows. Throws for the first that cannot be parsed.
    package func check() throws(TemplateError) {
        for name in names { _ = try parsed(name) }
    }

    /// Nil where there is no template of that name.
    func parsed(_ name: String) throws(TemplateError) -> ParsedTemplate? {
        if let template = parsed.withLock({ $0[name] }) { return template }
        guard var source = sources[name] else { return nil }
        if translation.language != .english {
            source = try TemplateSource(
                name: name, file: source.file, bytes: try TemplateMessages(source).translated(by: translation)
            )
        }
        let template = try TemplateParser.parse(source)
        parsed.withLock { $0[name] = template }
        return template
    }

    /// The page of that name, compiled with its layout and partials; checks every name in it against the model.
    package func template<Model: TemplateModel>(
        _ name: String, for model: Model.Type = Model.self
    ) throws(TemplateError) -> Template<Model> {
        Template(try TemplateCompiler.compile(name, in: self, basePath: basePath), translation)
    }

    /// The same templates with their sentences in that language.
    func translated(by translation: Translation) -> TemplateLibrary {
        TemplateLibrary(sources, translation, basePath: basePath)
    }

    /// The sentences of a template, for `messages.pot`.
    package func messages(of name: String) throws(TemplateError) -> [(english: String, context: String)] {
        guard let source = sources[name] else { return [] }
        return try TemplateMessages(source).found.map { ($0.english, $0.context) }
    }
}
