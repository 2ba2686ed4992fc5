/// A field that holds models of another type: none, one or many.
protocol NestedField<Outer>: Sendable {
    associatedtype Outer
    associatedtype Inner: TemplateModel

    var isPresent: Test<Outer> { get }
    /// Shows `body` of each model that the field holds.
    func showing(_ body: TemplateProgram<Inner>) -> Show<Outer>
}

/// A field that always holds one model, whose fields can be asked for by a path.
protocol RecordField<Outer>: NestedField {
    func asking(_ test: Test<Inner>) -> Test<Outer>
}

/// A list, or a model that may be absent.
struct VisitedField<Outer, Inner: TemplateModel>: NestedField {
    /// Runs the program of each model that the field holds.
    typealias Visit = @Sendable (borrowing Outer, TemplateProgram<Inner>, inout Output) -> Void

    let isPresent: Test<Outer>
    let visit: Visit

    func showing(_ body: TemplateProgram<Inner>) -> Show<Outer> {
        Show { [visit] outer, output in visit(outer, body, &output) }
    }
}

struct AlwaysField<Outer, Inner: TemplateModel>: RecordField {
    let get: @Sendable (Outer) -> Inner

    var isPresent: Test<Outer> { Test { _ in true } }

    func showing(_ body: TemplateProgram<Inner>) -> Show<Outer> {
        Show { [get] outer, output in body.run(get(outer), &output) }
    }

    func asking(_ test: Test<Inner>) -> Test<Outer> {
        Test { [get, holds = test.holds] outer in holds(get(outer)) }
    }
}
