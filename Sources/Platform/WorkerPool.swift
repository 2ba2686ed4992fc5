import Glibc
import Synchronization

/// Threads of our own for work that blocks or computes for long (password hashing), so that no event loop and
/// none of Swift's shared threads wait for it. Ends its threads when it goes out of scope.
///
/// Work belongs to an owner, say the network that a request came from. Owners take turns, so that whoever has
/// little to do never waits behind all that another has asked for.
package final class WorkerPool: Sendable {
    /// The queue was full: refuse rather than let a backlog grow.
    package struct Full: Error {
        /// Only this owner has too much waiting: others are served.
        package let isOwners: Bool
    }

    private let threads: [Thread]
    private let queue: Queue

    /// `queue` is how many pieces of work may wait while all threads are busy, `queuePerOwner` how many of one
    /// owner.
    package init(threads: Int, queue: Int, queuePerOwner: Int = .max) {
        let jobs = Queue(capacity: queue + threads, capacityPerOwner: queuePerOwner)
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

    package struct Statistics: Sendable {
        /// Pieces of work that wait or run.
        package var unfinished = 0
        /// Refused since the start because their owner had too much waiting.
        package var refusedToOwner = 0
        /// Refused since the start because all had too much waiting.
        package var refusedToAll = 0
    }

    package var statistics: Statistics { queue.statistics }

    /// Does the work on one of the threads, then resumes the caller on its own executor. Throws `Full` at once
    /// when the queue is full, or later when the place goes to an owner who has less waiting;
    /// `CancellationError` when the task was cancelled before its turn; and otherwise what the work throws.
    package func run<T: Sendable>(
        for owner: String = "", _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.add(
                    Job(
                        run: {
                            continuation.resume(
                                with: Result {
                                    if isCancelled.value.load(ordering: .relaxed) {
                                        throw CancellationError()
                                    }
                                    return try work()
                                })
                        },
                        refuse: { continuation.resume(throwing: $0) }), of: owner)
            }
        } onCancel: {
            isCancelled.value.store(true, ordering: .relaxed)
        }
    }

    /// Does the work on one of the threads, with nobody waiting for it. Returns false, and forgets it, when the queue is
    /// full.
    package func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        queue.add(Job(run: work, refuse: nil), of: "")
    }

    private final class Flag: Sendable {
        let value = Atomic(false)
    }

    private struct Job: Sendable {
        let run: @Sendable () -> Void
        /// Nil for work that keeps its place once it was accepted.
        let refuse: (@Sendable (Full) -> Void)?
    }

    /// A bounded queue for each owner; its `Mutex` guards the jobs and the semaphore counts them.
    private final class Queue: Sendable {
        private struct State {
            var statistics = Statistics()
            /// No owner without a job, and none twice in `turns`.
            var waiting: [String: [Job]] = [:]
            /// Owners in the order in which they are served next.
            var turns: [String] = []

            mutating func append(_ job: Job, of owner: String) {
                if waiting[owner] == nil { turns.append(owner) }
                waiting[owner, default: []].append(job)
            }

            /// The first job of the owner whose turn it is.
            mutating func next() -> Job? {
                guard !turns.isEmpty else { return nil }
                let owner = turns.removeFirst()
                let job = waiting[owner]?.removeFirst()
                if waiting[owner]?.isEmpty == false { turns.append(owner) } else { waiting[owner] = nil }
                return job
            }

            /// Takes out the newest job of the owner with the most, where that is at least two more than `count`.
            mutating func giveUpOne(forOwnerWith count: Int) -> Job? {
                guard let longest = waiting.max(by: { $0.value.count < $1.value.count }),
                    longest.value.count > count + 1, longest.value.last?.refuse != nil
                else { return nil }
                return waiting[longest.key]?.removeLast()
            }
        }

        private let capacity: Int
        private let capacityPerOwner: Int
        private let state = Mutex(State())
        private let available = Semaphore()

        init(capacity: Int, capacityPerOwner: Int) {
            self.capacity = capacity
            self.capacityPerOwner = capacityPerOwner
        }

        var statistics: Statistics { state.withLock { $0.statistics } }

        /// Returns false, after telling the job, when there is no room for it. When all is full, an owner with
        /// few jobs takes the place of the newest job of the owner with the most.
        @discardableResult
        func add(_ job: Job, of owner: String) -> Bool {
            enum Outcome {
                case added
                case replaced(Job)
                case refused(Full)
            }
            let outcome = state.withLock { state -> Outcome in
                let count = state.waiting[owner]?.count ?? 0
                guard count < capacityPerOwner else {
                    state.statistics.refusedToOwner += 1
                    return .refused(Full(isOwners: true))
                }
                guard state.statistics.unfinished >= capacity else {
                    state.statistics.unfinished += 1
                    state.append(job, of: owner)
                    return .added
                }
                guard let loser = state.giveUpOne(forOwnerWith: count) else {
                    state.statistics.refusedToAll += 1
                    return .refused(Full(isOwners: false))
                }
                state.statistics.refusedToOwner += 1
                state.append(job, of: owner)
                return .replaced(loser)
            }
            switch outcome {
            case .added: available.signal()
            // The signal of the one that lost its place wakes a thread for this one.
            case .replaced(let loser): loser.refuse?(Full(isOwners: true))
            case .refused(let full):
                job.refuse?(full)
                return false
            }
            return true
        }

        /// One thread's life: takes job after job until the queue is closed and empty.
        func work() {
            while true {
                available.wait()
                guard let job = state.withLock({ $0.next() }) else { return }
                job.run()
                state.withLock { $0.statistics.unfinished -= 1 }
            }
        }

        func close(workers: Int) {
            for _ in 0..<workers { available.signal() }
        }
    }
}
