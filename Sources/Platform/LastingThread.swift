import Synchronization

/// A thread of our own that goes on until somebody ends it, such as one that does something once a minute.
package final class LastingThread: Sendable {
    private let isAskedToEnd = Atomic(false)
    private let wakeUp = Semaphore()
    private let thread = Mutex<Thread?>(nil)

    /// `body` returns soon after `isEnding` has become true; `join` has to follow.
    package init(name: String, _ body: @escaping @Sendable (LastingThread) -> Void) throws(SystemError) {
        let thread = try Thread(name: name) { body(self) }
        self.thread.withLock { $0 = thread }
    }

    package var isEnding: Bool { isAskedToEnd.load(ordering: .acquiring) }

    /// For the thread itself: waits until the time is over or `end` is called.
    package func pause(upTo limit: Duration) {
        if !isEnding { wakeUp.wait(upTo: limit) }
    }

    /// Asks the thread to end, and does not wait for it.
    package func end() {
        isAskedToEnd.store(true, ordering: .releasing)
        wakeUp.signal()
    }

    /// Ends it and waits until it has ended.
    package func join() {
        end()
        thread.withLock { $0.take() }?.join()
    }
}
