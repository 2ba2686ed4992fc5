/// The pieces of a template one after the other, while it is compiled.
struct Pieces<Model> {
    private var steps: [TemplateStep<Model>] = []
    /// What the template says itself, all of it.
    private var literals: [UInt8] = []
    /// Where that begins which stands before the next step.
    private var begun = 0

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        literals += bytes
    }

    /// - Parameter escaping: how what is shown is escaped; nil for not at all.
    mutating func append(_ show: Show<Model>, _ escaping: Escaping? = nil) {
        append(escaping == nil ? .show : .showEscaped) { step in
            step.show = show
            if let escaping { step.escaping = escaping }
        }
    }

    private mutating func append(
        _ kind: TemplateStep<Model>.Kind, _ complete: (inout TemplateStep<Model>) -> Void = { _ in }
    ) {
        var step = TemplateStep<Model>(literal: begun..<literals.count, kind: kind)
        complete(&step)
        steps.append(step)
        begun = literals.count
    }

    /// Begins a condition: the steps from here until `land` is given the returned number run where the test's outcome is
    /// the one expected.
    mutating func appendTest(_ test: Test<Model>, expected: Bool) -> Int {
        append(.test) { step in
            step.test = test
            step.expected = expected
        }
        return steps.count - 1
    }

    /// Appends a jump over the steps from here until `land` is given the returned number.
    mutating func appendLeaving() -> Int {
        append(.leave)
        return steps.count - 1
    }

    /// Has that step lead here.
    mutating func land(_ step: Int) {
        if begun < literals.count { append(.nothing) }
        steps[step].target = steps.count
    }

    consuming func program() -> TemplateProgram<Model> {
        if begun < literals.count { append(.nothing) }
        return TemplateProgram(steps, literals: literals)
    }
}
