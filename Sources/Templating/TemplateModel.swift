/// What a template shows: a struct that lists its fields by the names that templates use.
///
/// ```swift
/// struct ExpenseRow: TemplateModel {
///     var amount: String
///     var isRefund: Bool
///     static let fields: TemplateFields<Self> = [
///         "amount": .text { $0.amount },
///         "isRefund": .flag { $0.isRefund },
///     ]
/// }
/// ```
package protocol TemplateModel: SendableMetatype {
    static var fields: TemplateFields<Self> { get }
}

/// The fields of a model by name. A name is letters, digits and `_`; naming one twice is a programming error.
package struct TemplateFields<Model>: Sendable, ExpressibleByDictionaryLiteral {
    let table: FieldTable

    package init(dictionaryLiteral elements: (String, TemplateField<Model>)...) {
        var fields: [String: Field] = [:]
        for (name, field) in elements {
            precondition(TagReader.isName(name), "`\(name)` cannot be written in a template")
            precondition(fields.updateValue(field.field, forKey: name) == nil, "`\(name)` is named twice")
        }
        table = FieldTable(fields)
    }
}

/// One field: what kind of thing it is, and how to get it from the model.
package struct TemplateField<Model>: Sendable {
    let field: Field

    /// Shown by `{{name}}`, escaped for the place where it stands; `{{#if name}}` asks whether it has any text.
    package static func text(_ get: @escaping @Sendable (Model) -> String) -> Self {
        Self(field: .text { unsafe $0.read(get) })
    }

    /// Asked by `{{#if name}}`.
    package static func flag(_ get: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(field: .flag { unsafe $0.read(get) })
    }

    /// Gone through by `{{#each name}}`; `{{#if name}}` asks whether it has any element.
    package static func list<Element: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> [Element]
    ) -> Self {
        let nested = NestedField(
            fields: { Element.fields.table },
            isPresent: { !(unsafe $0.read(get)).isEmpty },
            visit: { model, body in
                let elements = unsafe model.read(get)
                unsafe elements.withUnsafeBufferPointer { elements in
                    guard var element = elements.baseAddress else { return }
                    for _ in 0..<elements.count {
                        body(unsafe ModelPointer(element))
                        unsafe element += 1
                    }
                }
                return !elements.isEmpty
            })
        return Self(field: .list(nested))
    }

    /// A model inside the model, reached as `{{name.field}}` or opened by `{{#with name}}`.
    package static func record<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested
    ) -> Self {
        let nested = NestedField(
            fields: { Nested.fields.table },
            isPresent: { _ in true },
            visit: { model, body in
                unsafe withUnsafePointer(to: model.read(get)) { body(unsafe ModelPointer($0)) }
                return true
            })
        return Self(field: .record(nested))
    }

    /// A model that may be absent: `{{#if name}}` asks for it, `{{#with name}}` opens it.
    package static func optional<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested?
    ) -> Self {
        let nested = NestedField(
            fields: { Nested.fields.table },
            isPresent: { (unsafe $0.read(get)) != nil },
            visit: { model, body in
                guard let value = unsafe model.read(get) else { return false }
                unsafe withUnsafePointer(to: value) { body(unsafe ModelPointer($0)) }
                return true
            })
        return Self(field: .optional(nested))
    }
}

/// A list of plain texts: `{{#each names}}{{this}}{{/each}}`.
extension String: TemplateModel {
    package static let fields: TemplateFields<String> = ["this": .text { $0 }]
}
