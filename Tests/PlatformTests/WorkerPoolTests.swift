import Platform
import Synchronization
import Testing

struct WorkerPoolTests {
    private struct Mishap: Error {}

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
}
