/// How something of a model is shown.
///
/// Being generic over the model, it can be given no other; a piece inside a loop is one over the loop's element.
struct Show<Model>: Sendable {
    let append: @Sendable (borrowing Model, inout Output) -> Void

    init(_ append: @escaping @Sendable (borrowing Model, inout Output) -> Void) {
        self.append = append
    }
}
