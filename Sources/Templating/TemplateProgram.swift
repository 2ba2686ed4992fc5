/// What a template does with one kind of model, one step after the other.
///
/// The steps and their bytes lie in two blocks, which the initializer alone writes, and are lent where they lie.
@safe
public final class TemplateProgram<Model>: @unchecked Sendable {
    private let steps: UnsafeMutableBufferPointer<LentStep<Model>>
    private let literals: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter literals: the steps' own bytes.
    init(_ steps: [TemplateStep<Model>], literals bytes: [UInt8]) {
        unsafe self.steps = .allocate(capacity: steps.count)
        for index in steps.indices {
            unsafe self.steps.initializeElement(at: index, to: LentStep(steps[index]))
        }
        unsafe literals = .allocate(capacity: bytes.count + Output.stride)
        let padded = bytes + [UInt8](repeating: 0, count: Output.stride)
        _ = unsafe literals.initialize(fromContentsOf: padded)
    }

    deinit {
        unsafe steps.deinitialize().deallocate()
        unsafe literals.deallocate()
    }

    /// Appends what the template shows of a model.
    @usableFromInline
    func run(_ model: borrowing Model, _ output: inout Output) {
        guard let steps = unsafe steps.baseAddress, let literals = unsafe literals.baseAddress else { return }
        let count = unsafe self.steps.count
        var index = 0
        while index < count {
            index = unsafe steps[index].perform(model, literals, &output, next: index &+ 1)
        }
    }

    /// The same for each of them.
    @usableFromInline
    func run(forEach models: Span<Model>, _ output: inout Output) {
        lend(models, to: { run($0, &$1) }, &output)
    }
}

/// Lends each element where it lies: being possibly noncopyable here, it cannot be copied, which would count the
/// references of all its fields.
private func lend<Element: ~Copyable>(
    _ elements: Span<Element>, to body: (borrowing Element, inout Output) -> Void, _ output: inout Output
) {
    for index in elements.indices { body(elements[index], &output) }
}
