import Glibc
import Synchronization

/// Threads of our own for work that blocks or computes for long (password hashing), so that no event loop and
/// none of Swift's shared threads wait for it. Ends its threads when it goes out of scope.
package final class WorkerPool: Sendable {
    /// The queue was full: answer 503 rather than let a backlog grow.
    package struct Full: Error {}

    private let threads: [Thread]
    private let queue: Queue

    /// `queue` is how many pieces of work may wait while all threads are busy.
    package init(threads: Int, queue: Int) {
        let jobs = Queue(capacity: queue + threads)
        self.queue = jobs
        self.threads = (0..<max(1, threads)).map { number in
            do {
                return try Thread(name: "worker \(number)") { jobs.work() }
            } catch {
                fatalError("a worker thread could not be started: \(error)")
            }
        }
    }

    deinit {
        queue.close(workers: threads.count)
        for thread in threads { thread.join() }
    }

    /// Pieces of work that wait or run.
    package var unfinished: Int { queue.unfinished }

    /// Does the work on one of the threads, then resumes the caller on its own executor. Throws `Full` at once
    /// when the queue is full, and otherwise what the work throws.
    package func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let accepted = queue.add {
                continuation.resume(with: Result { try work() })
            }
            if !accepted { continuation.resume(throwing: Full()) }
        }
    }

    /// Does the work on one of the threads, with nobody waiting for it. Returns false, and forgets it, when the queue is
    /// full.
    package func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        queue.add(work)
    }

    /// A bounded queue; its `Mutex` guards the jobs and the semaphore counts them.
    private final class Queue: Sendable {
        private struct State {
            /// Jobs that wait or run.
            var unfinished = 0
            var waiting: [@Sendable () -> Void] = []
            var isClosed = false
        }

        private let capacity: Int
        private let state = Mutex(State())
        private let available = Semaphore()

        init(capacity: Int) {
            self.capacity = capacity
        }

        var unfinished: Int { state.withLock { $0.unfinished } }

        /// Returns false, and forgets the job, when the queue is full.
        func add(_ job: @escaping @Sendable () -> Void) -> Bool {
            let added = state.withLock { state in
                guard state.unfinished < capacity else { return false }
                state.unfinished += 1
                state.waiting.append(job)
                return true
            }
            if added { available.signal() }
            return added
        }

        /// One thread's life: takes job after job until the queue is closed and empty.
        func work() {
            while true {
                available.wait()
                guard let job = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() })
                else { return }
                job()
                state.withLock { $0.unfinished -= 1 }
            }
        }

        func close(workers: Int) {
            for _ in 0..<workers { available.signal() }
        }
    }
}
