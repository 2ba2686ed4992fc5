/// A page, compiled with its layout and partials for one kind of model.
package struct Template<Model: TemplateModel>: Sendable {
    private let program: Program

    init(program: Program) {
        self.program = program
    }

    /// Appends the page as UTF-8.
    package func render(_ model: Model, into output: inout [UInt8]) {
        unsafe withUnsafePointer(to: model) { program.render(unsafe ModelPointer($0), into: &output) }
    }
}
