/// What a template shows: a struct that lists its fields by the names that templates use.
///
/// ```swift
/// struct ExpenseRow: TemplateModel {
///     var id: Expense.ID
///     var description: String
///     var isRefund: Bool
///     static let fields: TemplateFields<Self> = [
///         "id": .value { $0.id },
///         "description": .text { $0.description },
///         "isRefund": .flag { $0.isRefund },
///     ]
/// }
/// ```
package protocol TemplateModel: SendableMetatype {
    static var fields: TemplateFields<Self> { get }
}

/// The fields of a model by name. A name is letters, digits and `_`; naming one twice is a programming error.
package struct TemplateFields<Model>: Sendable, ExpressibleByDictionaryLiteral {
    private let fields: [String: TemplateField<Model>]

    package init(dictionaryLiteral elements: (String, TemplateField<Model>)...) {
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

/// One field: what kind of thing it is, and how to get it from the model.
public struct TemplateField<Model>: Sendable {
    enum Kind: Sendable {
        case value(Show<Model>, TemplateWriting, isPresent: Test<Model>)
        case flag(Test<Model>)
        case list(any NestedField<Model>)
        case record(any RecordField<Model>)
        case optional(any NestedField<Model>)
    }

    let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    @usableFromInline
    init(
        write: @escaping @Sendable (borrowing Model, inout Output) -> Void, _ writing: TemplateWriting,
        isPresent: @escaping @Sendable (borrowing Model) -> Bool
    ) {
        self.init(.value(Show(write), writing, isPresent: Test(isPresent)))
    }

    /// Shown by `{{name}}`, escaped for the place where it stands; `{{#if name}}` asks whether it has any text.
    @inlinable
    public static func text(_ get: @escaping @Sendable (Model) -> String) -> Self {
        value(get)
    }

    /// Shown by `{{name}}` like a text, without one being made of it.
    ///
    /// Compiled where it is used, so that nothing of it is looked up at run time.
    @inlinable
    public static func value<Value: TemplateValue>(_ get: @escaping @Sendable (Model) -> Value) -> Self {
        Self(write: { get($0).write(to: &$1) }, Value.writing, isPresent: { !get($0).isEmpty })
    }

    /// Asked by `{{#if name}}`.
    package static func flag(_ get: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(.flag(Test { get($0) }))
    }

    /// Gone through by `{{#each name}}`; `{{#if name}}` asks whether it has any element.
    package static func list<Element: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> [Element]
    ) -> Self {
        Self(.list(ListField(get: get)))
    }

    /// Likewise, for a part of a longer list.
    package static func list<Element: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> ArraySlice<Element>
    ) -> Self {
        Self(.list(SliceField(get: get)))
    }

    /// A model inside the model, reached as `{{name.field}}` or opened by `{{#with name}}`.
    package static func record<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested
    ) -> Self {
        Self(.record(AlwaysField(get: get)))
    }

    /// A model that may be absent: `{{#if name}}` asks for it, `{{#with name}}` opens it.
    package static func optional<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested?
    ) -> Self {
        Self(.optional(OptionalField(get: get)))
    }
}

/// A list of plain texts: `{{#each names}}{{this}}{{/each}}`.
extension String: TemplateModel {
    package static let fields: TemplateFields<String> = ["this": .text { $0 }]
}
