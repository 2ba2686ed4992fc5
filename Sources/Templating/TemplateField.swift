/// One field: how to get it from the model. What a template can do with it follows from its type.
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

    /// A value: shown by `{{name}}`, escaped for the place where it stands and in the page's language; `{{#if name}}` asks
    /// whether there is anything to show.
    ///
    /// Compiled where it is used, so that nothing of it is looked up at run time.
    @inlinable
    public static func field<Value: TemplateValue>(_ get: @escaping @Sendable (Model) -> Value) -> Self {
        Self(write: { get($0).write(to: &$1) }, Value.writing, isPresent: { !get($0).isEmpty })
    }

    /// True or false: asked by `{{#if name}}`.
    package static func field(_ get: @escaping @Sendable (Model) -> Bool) -> Self {
        Self(.flag(Test { get($0) }))
    }

    @usableFromInline
    init<Inner: TemplateModel>(
        list visit: @escaping @Sendable (borrowing Model, TemplateProgram<Inner>, inout Output) -> Void,
        isPresent: @escaping @Sendable (borrowing Model) -> Bool
    ) {
        self.init(.list(VisitedField(isPresent: Test(isPresent), visit: visit)))
    }

    @usableFromInline
    init<Inner: TemplateModel>(
        optional visit: @escaping @Sendable (borrowing Model, TemplateProgram<Inner>, inout Output) -> Void,
        isPresent: @escaping @Sendable (borrowing Model) -> Bool
    ) {
        self.init(.optional(VisitedField(isPresent: Test(isPresent), visit: visit)))
    }

    @usableFromInline
    init<Inner: TemplateModel>(
        record lend: @escaping @Sendable (borrowing Model, (borrowing Inner) -> Void) -> Void
    ) {
        self.init(.record(AlwaysField(lend: lend)))
    }

    /// A list: gone through by `{{#each name}}`; `{{#if name}}` asks whether it has any element.
    @inlinable
    public static func field<Element: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> [Element]
    ) -> Self {
        Self(
            list: { model, body, output in
                let elements = get(model)
                body.run(forEach: elements.span, &output)
            }, isPresent: { !get($0).isEmpty })
    }

    /// Likewise, a list of plain texts, each of which is `{{this}}`.
    package static func field(_ get: @escaping @Sendable (Model) -> [String]) -> Self {
        Self(
            list: { model, body, output in
                let elements = get(model).map(ListedText.init)
                body.run(forEach: elements.span, &output)
            }, isPresent: { !get($0).isEmpty })
    }

    /// Likewise, a part of a longer list.
    @inlinable
    public static func field<Element: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> ArraySlice<Element>
    ) -> Self {
        Self(
            list: { model, body, output in
                let elements = get(model)
                body.run(forEach: elements.span, &output)
            }, isPresent: { !get($0).isEmpty })
    }

    /// A model inside the model: reached as `{{name.field}}` or opened by `{{#with name}}`.
    @inlinable
    public static func field<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested
    ) -> Self {
        Self(record: { model, read in read(get(model)) })
    }

    /// A model that may be absent: `{{#if name}}` asks for it, `{{#with name}}` opens it.
    @inlinable
    public static func field<Nested: TemplateModel>(
        _ get: @escaping @Sendable (Model) -> Nested?
    ) -> Self {
        Self(
            optional: { model, body, output in
                if let nested = get(model) { body.run(nested, &output) }
            }, isPresent: { get($0) != nil })
    }
}
