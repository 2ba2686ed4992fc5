import Platform
import Synchronization

/// A result that one thread waits for and another one sets, once.
final class Answer<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isSet = Semaphore()

    func set(_ result: Result<Value, any Error>) {
        self.result.withLock { $0 = result }
        isSet.signal()
    }

    /// Blocks until the result is there.
    func wait() -> Result<Value, any Error> {
        isSet.wait()
        guard let result = result.withLock({ $0 }) else {
            preconditionFailure("it is set before it is signalled")
        }
        return result
    }
}
