import Platform
import Storage
import Synchronization
import Web

/// Asks the database again and again whether it can be read and written, so that the log and the metrics tell when it
/// cannot.
final class DatabaseWatch: Sendable {
    /// `nil` while the database works, else since when it does not, in Unix seconds.
    private let failingSince: Mutex<Int64?>
    private let log: Log
    /// Called with the new status whenever that changes.
    private let onChange: @Sendable (String) -> Void

    /// `failure`: what the start has met, where the database did not answer.
    init(failure: String?, log: Log, onChange: @escaping @Sendable (String) -> Void) {
        failingSince = Mutex(nil)
        self.log = log
        self.onChange = onChange
        note(failure)
    }

    var isUp: Bool { failingSince.withLock { $0 == nil } }
    /// A few words for a person.
    var status: String { isUp ? "Serving" : "The database cannot be used" }

    /// Somebody has to join the thread.
    func start(_ storage: Storage) throws -> LastingThread {
        // A file fails with the disk alone, and each question is a write to that.
        let pause = Duration.seconds(Storage.isAddress(storage.path) ? 5 : 60)
        return try LastingThread(name: "database") { thread in
            while true {
                thread.pause(upTo: pause)
                if thread.isEnding { return }
                do {
                    try storage.writeAndWait { try $0.sweep.tryWriting() }
                    self.note(nil)
                } catch {
                    self.note("\(error)")
                }
            }
        }
    }

    private func note(_ failure: String?) {
        let now = Clock.unixSeconds
        let (isNew, since) = failingSince.withLock { since in
            let before = since
            since = failure == nil ? nil : before ?? now
            return ((before == nil) != (since == nil), before)
        }
        guard isNew else { return }
        if let failure {
            log.write(
                .error,
                "the database cannot be used: \(failure); until it can, what needs it is answered 503 and "
                    + "what was typed is kept")
        } else {
            log.write(.warning, "the database can be used again, after \(now - (since ?? now)) s")
        }
        onChange(status)
    }
}
