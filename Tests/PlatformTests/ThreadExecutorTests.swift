import Glibc
import Platform
import Testing

@Suite struct ThreadExecutorTests {
    /// The thread that the caller is on.
    private static func thread() -> UInt { UInt(pthread_self()) }

    @Test func `work runs on the executor's threads, also after it has waited`() async throws {
        let (one, two) = (
            try ThreadExecutor(threads: 1, name: "one"), try ThreadExecutor(threads: 1, name: "two")
        )
        let outer = Task(executorPreference: one) {
            let before = Self.thread()
            let inside = await two.run {
                let first = Self.thread()
                await withCheckedContinuation { continuation in
                    do {
                        // The thread is joined by nobody, as it has ended when the test goes on.
                        _ = try Platform.Thread(name: "other") { continuation.resume() }
                    } catch {
                        continuation.resume()
                    }
                }
                return [first, Self.thread()]
            }
            return (before, inside, Self.thread())
        }
        let (before, inside, after) = await outer.value
        #expect(Set(inside).count == 1)
        #expect(!inside.contains(before))
        #expect(before == after)
        one.stop()
        two.stop()
    }

    @Test func `work that blocks one thread does not keep other work waiting`() async throws {
        let executor = try ThreadExecutor(threads: 2, name: "pair")
        let gate = Gate()
        async let blocked = executor.run {
            gate.wait()
            return 1
        }
        let free = await executor.run { 2 }
        #expect(free == 2)
        gate.open()
        #expect(await blocked == 1)
        executor.stop()
    }
}
