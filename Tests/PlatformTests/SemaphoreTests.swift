import Platform
import Testing

@Suite struct SemaphoreTests {
    @Test func `a wait ends with the signal, or when its time is over`() {
        let semaphore = Platform.Semaphore()
        #expect(!semaphore.wait(upTo: .zero))
        #expect(!semaphore.wait(upTo: .milliseconds(5)))
        semaphore.signal()
        semaphore.signal()
        #expect(semaphore.wait(upTo: .seconds(60)))
        semaphore.wait()
        #expect(!semaphore.wait(upTo: .milliseconds(1_001)))
    }
}
