/// A compiled condition.
struct Test<Model>: Sendable {
    let holds: @Sendable (borrowing Model) -> Bool

    init(_ holds: @escaping @Sendable (borrowing Model) -> Bool) {
        self.holds = holds
    }

    func callAsFunction(_ model: borrowing Model) -> Bool { holds(model) }
}
