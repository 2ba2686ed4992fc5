import Platform
import Synchronization
import Testing

struct WorkerPoolTests {
    private struct Mishap: Error {}

    /// What happened, in its order.
    private final class Record<Event: Sendable>: Sendable {
        private let list = Mutex<[Event]>([])
        var events: [Event] { list.withLock { $0 } }
        func add(_ event: Event) { list.withLock { $0.append(event) } }
    }

    @Test func `work gives its result, or its error`() async throws {
        let pool = WorkerPool(threads: 2, queue: 10)
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: Mishap.self) { try await pool.run { throw Mishap() } }
    }

    @Test func `a full queue refuses at once, and takes work again later`() async throws {
        let pool = WorkerPool(threads: 1, queue: 1)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do {
                        try await pool.run { gate.wait() }
                        return true
                    } catch is WorkerPool.Full {
                        return false
                    }
                }
            }
            // Nothing ends before the gate opens, so the first eight to come back were refused.
            var refused = 0
            while refused < 8, let done = try await group.next() {
                #expect(!done)
                refused += 1
            }
            gate.open()
            for try await done in group { #expect(done) }
        }
        #expect(try await pool.run { true })
    }

    /// A pool whose one thread is held by work that ends when the gate opens.
    private func heldPool(queue: Int, perOwner: Int, _ gate: Gate) throws -> WorkerPool {
        let pool = WorkerPool(threads: 1, queue: queue, queuePerOwner: perOwner)
        let isHeld = Gate()
        try #require(
            pool.start {
                isHeld.open()
                gate.wait()
            })
        isHeld.wait()
        return pool
    }

    @Test func `owners take turns, however much one of them has asked for`() async throws {
        let gate = Gate()
        let pool = try heldPool(queue: 20, perOwner: 10, gate)
        let served = Record<String>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            var expected = 1
            for owner in Array(repeating: "flood", count: 5) + ["ada", "ben", "ada"] {
                group.addTask { try await pool.run(for: owner) { served.add(owner) } }
                expected += 1
                // The order in which they come is part of the test.
                while pool.statistics.unfinished < expected { await Task.yield() }
            }
            gate.open()
            try await group.waitForAll()
        }
        #expect(
            served.events == ["flood", "ada", "ben", "flood", "ada", "flood", "flood", "flood"])
    }

    @Test func `an owner with too much waiting is refused alone`() async throws {
        let gate = Gate()
        let pool = try heldPool(queue: 20, perOwner: 2, gate)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for expected in 2...3 {
                group.addTask { try await pool.run(for: "flood") {} }
                while pool.statistics.unfinished < expected { await Task.yield() }
            }
            let refusal = await #expect(throws: WorkerPool.Full.self) {
                try await pool.run(for: "flood") {}
            }
            #expect(refusal?.isOwners == true)
            group.addTask { try await pool.run(for: "ada") {} }
            while pool.statistics.unfinished < 4 { await Task.yield() }
            gate.open()
            try await group.waitForAll()
        }
        #expect(pool.statistics.refusedToOwner == 1)
        #expect(pool.statistics.refusedToAll == 0)
    }

    @Test func `in a full queue, the owner with the most gives up a place to one who has none`() async throws
    {
        let gate = Gate()
        let pool = try heldPool(queue: 3, perOwner: 10, gate)
        let served = Record<String>()
        let refused = Record<Bool>()
        await withTaskGroup(of: Void.self) { group in
            @Sendable func run(_ owner: String) async {
                do {
                    try await pool.run(for: owner) { served.add(owner) }
                } catch {
                    refused.add((error as? WorkerPool.Full)?.isOwners == true)
                }
            }
            for expected in 2...4 {
                group.addTask { await run("flood") }
                while pool.statistics.unfinished < expected { await Task.yield() }
            }
            group.addTask { await run("ada") }
            while refused.events.isEmpty { await Task.yield() }
            gate.open()
        }
        #expect(served.events == ["flood", "ada", "flood"])
        #expect(refused.events == [true])
    }

    @Test func `work of a caller who has gone is not done`() async throws {
        let gate = Gate()
        let pool = try heldPool(queue: 3, perOwner: 3, gate)
        let done = Record<Bool>()
        let task = Task { try await pool.run(for: "gone") { done.add(true) } }
        while pool.statistics.unfinished < 2 { await Task.yield() }
        task.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(done.events.isEmpty)
    }
}
