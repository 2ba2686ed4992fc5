/// A field that holds models of another type: none, one or many.
protocol NestedField<Outer>: Sendable {
    associatedtype Outer
    associatedtype Inner: TemplateModel

    func isPresent(in outer: borrowing Outer) -> Bool
    /// Shows `body` of each model that the field holds.
    func showing(_ body: Show<Inner>) -> Show<Outer>
}

/// A field that always holds one model, whose fields can be asked for by a path.
protocol RecordField<Outer>: NestedField {
    func asking(_ test: Test<Inner>) -> Test<Outer>
}

struct ListField<Outer, Inner: TemplateModel>: NestedField {
    let get: @Sendable (Outer) -> [Inner]

    func isPresent(in outer: borrowing Outer) -> Bool { !get(outer).isEmpty }

    func showing(_ body: Show<Inner>) -> Show<Outer> {
        Show { [get, body = body.append] outer, output in
            let elements = get(outer)
            visit(elements.span, body, &output)
        }
    }
}

struct SliceField<Outer, Inner: TemplateModel>: NestedField {
    let get: @Sendable (Outer) -> ArraySlice<Inner>

    func isPresent(in outer: borrowing Outer) -> Bool { !get(outer).isEmpty }

    func showing(_ body: Show<Inner>) -> Show<Outer> {
        Show { [get, body = body.append] outer, output in
            let elements = get(outer)
            visit(elements.span, body, &output)
        }
    }
}

struct AlwaysField<Outer, Inner: TemplateModel>: RecordField {
    let get: @Sendable (Outer) -> Inner

    func isPresent(in outer: borrowing Outer) -> Bool { true }

    func showing(_ body: Show<Inner>) -> Show<Outer> {
        Show { [get, body = body.append] outer, output in body(get(outer), &output) }
    }

    func asking(_ test: Test<Inner>) -> Test<Outer> {
        Test { [get, holds = test.holds] outer in holds(get(outer)) }
    }
}

struct OptionalField<Outer, Inner: TemplateModel>: NestedField {
    let get: @Sendable (Outer) -> Inner?

    func isPresent(in outer: borrowing Outer) -> Bool { get(outer) != nil }

    func showing(_ body: Show<Inner>) -> Show<Outer> {
        Show { [get, body = body.append] outer, output in
            if let inner = get(outer) { body(inner, &output) }
        }
    }
}

/// Lends each element where it lies: being possibly noncopyable here, it cannot be copied, which would count the
/// references of all its fields.
private func visit<Element: ~Copyable>(
    _ elements: Span<Element>, _ body: (borrowing Element, inout Output) -> Void, _ output: inout Output
) {
    for index in elements.indices { body(elements[index], &output) }
}
