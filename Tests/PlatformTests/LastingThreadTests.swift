import Platform
import Synchronization
import Testing

@Suite struct LastingThreadTests {
    @Test func `a thread that pauses goes on at once when it is to end`() throws {
        let rounds = Atomic(0)
        let started = Platform.Semaphore()
        let thread = try LastingThread(name: "test") { thread in
            while !thread.isEnding {
                rounds.add(1, ordering: .relaxed)
                started.signal()
                thread.pause(upTo: .seconds(3600))
            }
        }
        started.wait()
        thread.end()
        thread.join()
        #expect(rounds.load(ordering: .relaxed) == 1)
        // Also when somebody else asks again.
        thread.join()
    }
}
