import Glibc

/// Every template below a folder, parsed. To show changed files, make another.
package final class TemplateLibrary: Sendable {
    private let templates: [String: ParsedTemplate]
    /// Written before each path of this site in an attribute that holds an address, such as `/money`; may be empty.
    private let basePath: String

    /// The names of all templates.
    package var names: [String] { templates.keys.sorted() }

    /// Reads and parses every `*.html` below the folder; a template's name is its path there without the ending.
    ///
    /// Blocks while it reads. Throws for the first file that cannot be read or parsed.
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

    init(
        _ files: [(name: String, file: String, bytes: [UInt8])], basePath: String
    ) throws(TemplateError) {
        var templates: [String: ParsedTemplate] = [:]
        for (name, file, bytes) in files {
            templates[name] = try TemplateParser.parse(TemplateSource(name: name, file: file, bytes: bytes))
        }
        self.templates = templates
        self.basePath = basePath
    }

    /// The page of that name, compiled with its layout and partials; checks every name in it against the model.
    package func template<Model: TemplateModel>(
        _ name: String, for model: Model.Type = Model.self, in translation: Translation = .english
    ) throws(TemplateError) -> Template<Model> {
        Template(try TemplateCompiler.compile(name, among: templates, basePath: basePath), translation)
    }

    /// Every template with its sentences in that language.
    func translated(by translation: Translation) throws(TemplateError) -> TemplateLibrary {
        var files: [(name: String, file: String, bytes: [UInt8])] = []
        for (name, template) in templates {
            let messages = try TemplateMessages(template.source)
            files.append((name, template.source.file, messages.translated(by: translation)))
        }
        return try TemplateLibrary(files, basePath: basePath)
    }

    /// The sentences of a template, for `messages.pot`.
    package func messages(of name: String) throws(TemplateError) -> [(english: String, context: String)] {
        guard let template = templates[name] else { return [] }
        return try TemplateMessages(template.source).found.map { ($0.english, $0.context) }
    }
}
