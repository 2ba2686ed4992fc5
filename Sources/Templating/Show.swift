/// A compiled piece of a template: appends what it shows of a model.
///
/// Being generic over the model, it can be given no other; a piece inside a loop is one over the loop's element.
struct Show<Model>: Sendable {
    let append: @Sendable (borrowing Model, inout Output) -> Void

    init(_ append: @escaping @Sendable (borrowing Model, inout Output) -> Void) {
        self.append = append
    }

    func callAsFunction(_ model: borrowing Model, _ output: inout Output) {
        append(model, &output)
    }
}
