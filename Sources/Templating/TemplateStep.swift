/// One step of a template: bytes that it says itself, then what it does.
struct TemplateStep<Model>: Sendable {
    enum Kind: Sendable {
        case nothing
        case show
        /// Appends a value, escaped for the place where it stands.
        case showEscaped
        /// Goes to the step's target unless the outcome is the one expected.
        case test
        /// Goes to the step's target.
        case leave
    }

    /// Where its own bytes are among those of the program.
    let literal: Range<Int>
    /// Says which of the following members mean anything.
    let kind: Kind
    var show = Show<Model> { _, _ in }
    var escaping = Escaping.markup
    var test = Test<Model> { _ in true }
    var expected = true
    /// The number of the step that follows where the next one does not.
    var target = 0
}

/// A step in its program: it cannot be copied, which would count the references of what it does.
struct LentStep<Model>: ~Copyable {
    private let step: TemplateStep<Model>

    init(_ step: TemplateStep<Model>) {
        self.step = step
    }

    /// - Parameters:
    ///   - literals: the program's bytes, followed by `Output.stride` more.
    ///   - next: the number of the step behind this one.
    /// - Returns: the number of the step that follows.
    @unsafe @inline(__always)
    func perform(
        _ model: borrowing Model, _ literals: UnsafePointer<UInt8>, _ output: inout Output, next: Int
    ) -> Int {
        let start = step.literal.lowerBound
        unsafe output.append(padded: literals + start, count: step.literal.upperBound &- start)
        switch step.kind {
        case .nothing: return next
        case .show:
            step.show.append(model, &output)
            return next
        case .showEscaped:
            let place = output.count
            step.show.append(model, &output)
            output.escape(since: place, as: step.escaping)
            return next
        case .test: return step.test.holds(model) == step.expected ? next : step.target
        case .leave: return step.target
        }
    }
}
