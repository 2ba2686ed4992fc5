/// A compiled template: steps over the models in scope, by level (0 is the page's own model).
final class Program: Sendable {
    /// Small and without references, so that going through the steps counts no references.
    enum Step {
        case literal(start: Int32, end: Int32)
        case text(Int32, level: Int16, escaping: Escaping)
        /// Goes to `target` unless the test says `expected`.
        case branch(test: Int32, level: Int16, expected: Bool, target: Int32)
        case jump(target: Int32)
        /// Runs the steps up to `end` for each model of the field, then goes to `target`; to `end` when there was none.
        case visit(Int32, level: Int16, bodyLevel: Int16, end: Int32, target: Int32)
    }

    let steps: [Step]
    let literals: [UInt8]
    let texts: [@Sendable (ModelPointer) -> String]
    let tests: [@Sendable (ModelPointer) -> Bool]
    let visits: [@Sendable (ModelPointer, (ModelPointer) -> Void) -> Bool]
    let levels: Int

    init(_ builder: borrowing ProgramBuilder) {
        steps = builder.steps
        literals = builder.literals
        texts = builder.texts
        tests = builder.tests
        visits = builder.visits
        levels = builder.levels
    }

    func render(_ model: ModelPointer, into output: inout [UInt8]) {
        var models = [ModelPointer](repeating: model, count: levels)
        run(0..<steps.count, &models, into: &output)
    }

    private func run(_ range: Range<Int>, _ models: inout [ModelPointer], into output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            switch steps[index] {
            case .literal(let start, let end):
                unsafe literals.withUnsafeBufferPointer { bytes in
                    unsafe output.append(
                        contentsOf: UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(end)]))
                }
                index += 1
            case .text(let text, let level, let escaping):
                escaping.append(texts[Int(text)](models[Int(level)]), to: &output)
                index += 1
            case .branch(let test, let level, let expected, let target):
                index = tests[Int(test)](models[Int(level)]) == expected ? index + 1 : Int(target)
            case .jump(let target):
                index = Int(target)
            case .visit(let visit, let level, let bodyLevel, let end, let target):
                let any = visits[Int(visit)](models[Int(level)]) { model in
                    models[Int(bodyLevel)] = model
                    run(index + 1..<Int(end), &models, into: &output)
                }
                index = any ? Int(target) : Int(end)
            }
        }
    }
}

/// The parts of a program while it is compiled.
struct ProgramBuilder {
    private(set) var steps: [Program.Step] = []
    private(set) var literals: [UInt8] = []
    private(set) var texts: [@Sendable (ModelPointer) -> String] = []
    private(set) var tests: [@Sendable (ModelPointer) -> Bool] = []
    private(set) var visits: [@Sendable (ModelPointer, (ModelPointer) -> Void) -> Bool] = []
    private(set) var levels = 1
    /// Where the last jump leads: a literal before it and one after it are not joined.
    private var barrier = 0

    var position: Int { steps.count }

    mutating func appendLiteral(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        let start = literals.count
        literals += bytes
        if steps.count > barrier, case .literal(let first, let end) = steps.last, Int(end) == start {
            steps[steps.count - 1] = .literal(start: first, end: Int32(literals.count))
        } else {
            steps.append(.literal(start: Int32(start), end: Int32(literals.count)))
        }
    }

    mutating func appendText(
        _ get: @escaping @Sendable (ModelPointer) -> String, level: Int, escaping: Escaping
    ) {
        texts.append(get)
        steps.append(.text(Int32(texts.count - 1), level: Int16(level), escaping: escaping))
    }

    /// Returns where the branch stands, for `land`.
    mutating func appendBranch(
        _ test: @escaping @Sendable (ModelPointer) -> Bool, level: Int, expected: Bool
    ) -> Int {
        tests.append(test)
        steps.append(
            .branch(test: Int32(tests.count - 1), level: Int16(level), expected: expected, target: 0))
        return steps.count - 1
    }

    mutating func appendJump() -> Int {
        steps.append(.jump(target: 0))
        return steps.count - 1
    }

    mutating func appendVisit(_ nested: NestedField, level: Int, bodyLevel: Int) -> Int {
        visits.append(nested.visit)
        levels = max(levels, bodyLevel + 1)
        steps.append(
            .visit(
                Int32(visits.count - 1), level: Int16(level), bodyLevel: Int16(bodyLevel), end: 0, target: 0))
        return steps.count - 1
    }

    /// The body of the visit at `index` ends here.
    mutating func endBody(ofVisitAt index: Int) {
        guard case .visit(let visit, let level, let bodyLevel, _, _) = steps[index] else { return }
        let here = Int32(steps.count)
        steps[index] = .visit(visit, level: level, bodyLevel: bodyLevel, end: here, target: here)
        barrier = steps.count
    }

    /// The branch, jump or visit at `index` leads here.
    mutating func land(_ index: Int) {
        let here = Int32(steps.count)
        switch steps[index] {
        case .branch(let test, let level, let expected, _):
            steps[index] = .branch(test: test, level: level, expected: expected, target: here)
        case .jump: steps[index] = .jump(target: here)
        case .visit(let visit, let level, let bodyLevel, let end, _):
            steps[index] = .visit(visit, level: level, bodyLevel: bodyLevel, end: end, target: here)
        case .literal, .text: break
        }
        barrier = steps.count
    }

    /// Takes back all steps from `position` on.
    mutating func rewind(to position: Int) {
        steps.removeSubrange(position...)
        barrier = position
    }
}
