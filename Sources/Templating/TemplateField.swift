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

    /// Likewise, in the page's language.
    @inlinable
    public static func text(_ get: @escaping @Sendable (Model) -> Message) -> Self {
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
