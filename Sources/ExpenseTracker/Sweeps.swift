import Platform
import Storage
import Synchronization
import Web

/// Removes what has expired while the server runs, once a minute, on a thread of its own.
final class Sweeps: Sendable {
    private static let pause = Duration.seconds(60)

    private let isStopped = Atomic(false)
    private let wakeUp = Platform.Semaphore()
    private let thread = Mutex<Platform.Thread?>(nil)

    /// Starts the thread; `stop` has to follow.
    init(of storage: Storage, log: Log) throws {
        let thread = try Platform.Thread(name: "sweeps") {
            while !self.isStopped.load(ordering: .acquiring) {
                do {
                    try storage.sweep(at: Clock.unixSeconds)
                } catch {
                    log.write(.warning, "what has expired stays for now: \(error)")
                }
                self.wakeUp.wait(upTo: Self.pause)
            }
        }
        self.thread.withLock { $0 = thread }
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeUp.signal()
        thread.withLock { $0.take() }?.join()
    }
}
