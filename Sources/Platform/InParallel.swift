import Synchronization

/// Does `first` on a thread of its own and `second` on the caller's, and returns when both are done. What the first one
/// throws comes before what the second one throws.
package func inParallel<First: Sendable, Second>(
    _ first: @escaping @Sendable () throws -> First, _ second: () throws -> Second
) throws -> (First, Second) {
    let result = Handover<First>()
    let thread = try Thread(name: "helper") { result.set(Result { try first() }) }
    let other = Result { try second() }
    thread.join()
    return (try result.get(), try other.get())
}

/// What a thread has left behind for the one that joins it.
private final class Handover<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func set(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }

    func get() throws -> Value {
        guard let result = result.withLock({ $0 }) else {
            preconditionFailure("a thread that has been joined has left its result")
        }
        return try result.get()
    }
}
