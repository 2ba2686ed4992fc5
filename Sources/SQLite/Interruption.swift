/// When a connection's statements are to end early.
final class Interruption: Sendable {
    let condition: @Sendable () -> Bool

    init(_ condition: @escaping @Sendable () -> Bool) { self.condition = condition }
}
