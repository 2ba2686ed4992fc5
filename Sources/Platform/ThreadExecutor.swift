import Synchronization

/// Threads of our own on which tasks may block, so that no event loop and none of Swift's shared threads wait for them.
package final class ThreadExecutor: TaskExecutor {
    private struct Queue {
        var jobs: [UnownedJob] = []
        var isClosed = false
    }

    private let queue = Mutex(Queue())
    private let available = Semaphore()
    private let threads = Mutex<[Thread]>([])

    /// Starts the threads; `stop` has to follow.
    package init(threads count: Int, name: String) throws(SystemError) {
        for number in 0..<count {
            let thread = try Thread(name: "\(name) \(number)") { self.work() }
            threads.withLock { $0.append(thread) }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.jobs.append(job) }
        available.signal()
    }

    /// Ends the threads once they have done what they were given. Tasks must not come back to them afterwards.
    package func stop() {
        queue.withLock { $0.isClosed = true }
        let threads = threads.withLock { threads in
            defer { threads.removeAll() }
            return threads
        }
        for _ in threads { available.signal() }
        // The last one to let go of what owns this may be a task that runs here.
        for thread in threads { thread.join() }
    }

    /// Runs the work as a task of these threads.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        // Inside `withTaskExecutorPreference` a function that is nonisolated(nonsending) would stay on the caller's
        // executor until it waits for the first time.
        await withTaskGroup(of: Value.self) { group in
            group.addTask(executorPreference: self) { await work() }
            guard let value = await group.next() else { preconditionFailure("the group has one task") }
            return value
        }
    }

    private func work() {
        while true {
            available.wait()
            let (job, isClosed) = queue.withLock { queue in
                (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.isClosed)
            }
            if let job {
                unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            } else if isClosed {
                return
            }
        }
    }
}
