import Expenses
import Platform
import Storage
import Synchronization
import Web

/// Asks the database again and again whether it can be read and written, so that the log and the metrics tell when it
/// cannot.
final class DatabaseWatch: Sendable {
    private struct Outage {
        /// Unix seconds.
        let since: Int64
        var told: Int64
        /// What has failed last.
        var reason: String
    }

    /// Nil while the database works.
    private let outage = Mutex<Outage?>(nil)
    private let log: Log
    /// Called with the new status whenever that changes.
    private let onChange: @Sendable (String) -> Void

    init(log: Log, onChange: @escaping @Sendable (String) -> Void) {
        self.log = log
        self.onChange = onChange
    }

    var isUp: Bool { outage.withLock { $0 == nil } }
    /// A few words for a person.
    var status: String { isUp ? "Serving" : "The database cannot be used" }

    /// Somebody has to join the thread.
    func start(_ storage: Storage) throws -> LastingThread {
        // A file fails with the disk alone, and each question is a write to that.
        let pause = Duration.seconds(Storage.isAddress(storage.path) ? 5 : 60)
        return try LastingThread(name: "database") { thread in
            while true {
                thread.pause(upTo: self.isUp ? pause : min(pause, .seconds(2)))
                if thread.isEnding { return }
                do {
                    try storage.writeAndWait { try $0.sweep.tryWriting() }
                    self.noteGood()
                } catch AppError.unreachable {
                    // Why has been noted where it was found.
                    self.note(self.outage.withLock { $0?.reason } ?? "it does not answer")
                } catch {
                    self.note("\(error)")
                }
            }
        }
    }

    /// The database, or the way to it, has failed. The log tells it when it begins, and then once a minute.
    func note(_ reason: String) {
        let now = Clock.unixSeconds
        let (isNew, isDue, since) = outage.withLock { outage in
            let isNew = outage == nil
            var new = outage ?? Outage(since: now, told: now, reason: reason)
            let isDue = isNew || now >= new.told + DatabaseWatch.pause
            if isDue { new.told = now }
            new.reason = reason
            outage = new
            return (isNew, isDue, new.since)
        }
        if isNew {
            log.write(
                .error,
                "the database cannot be used: \(reason); until it can, what needs it is answered 503 and "
                    + "what was typed is kept")
            onChange(status)
        } else if isDue {
            log.write(.error, "the database cannot be used, for \(now - since) s now: \(reason)")
        }
    }

    /// Seconds between two lines about the same outage.
    private static let pause: Int64 = 60

    private func noteGood() {
        guard let outage = outage.withLock({ $0.take() }) else { return }
        log.write(.warning, "the database can be used again, after \(Clock.unixSeconds - outage.since) s")
        onChange(status)
    }
}
