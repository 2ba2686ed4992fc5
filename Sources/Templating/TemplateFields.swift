/// The fields of a model by name. A name is letters, digits and `_`; naming one twice is a programming error.
public struct TemplateFields<Model>: Sendable, ExpressibleByDictionaryLiteral {
    private let fields: [String: TemplateField<Model>]

    public init(dictionaryLiteral elements: (String, TemplateField<Model>)...) {
        var fields: [String: TemplateField<Model>] = [:]
        for (name, field) in elements {
            precondition(TagReader.isName(name), "`\(name)` cannot be written in a template")
            precondition(fields.updateValue(field, forKey: name) == nil, "`\(name)` is named twice")
        }
        self.fields = fields
    }

    var names: [String] { fields.keys.sorted() }

    subscript(_ name: String) -> TemplateField<Model>? { fields[name] }
}
