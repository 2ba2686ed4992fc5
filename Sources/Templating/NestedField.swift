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
    /// Lends the inner model, which need not be copied for that.
    typealias Lend = @Sendable (borrowing Outer, (borrowing Inner) -> Void) -> Void

    let lend: Lend

    var isPresent: Test<Outer> { Test { _ in true } }

    func showing(_ body: TemplateProgram<Inner>) -> Show<Outer> {
        Show { [lend] outer, output in lend(outer) { body.run($0, &output) } }
    }

    func asking(_ test: Test<Inner>) -> Test<Outer> {
        Test { [lend, holds = test.holds] outer in
            var outcome = false
            lend(outer) { outcome = holds($0) }
            return outcome
        }
    }
}
