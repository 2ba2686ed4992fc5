import Glibc
import Storage
import Synchronization
import Web

/// Backups that are made while the server runs, on a thread of their own that everything else goes before.
final class ScheduledBackups: Sendable {
    /// Seconds until another try after a failure; twice as long after each further one, up to the interval itself.
    private static let firstRetry: Int64 = 60

    private let folder: BackupFolder
    private let database: String
    /// Seconds.
    private let interval: Int64
    private let kept: Int
    private let log: Log
    private let isStopped = Atomic(false)
    private let wakeUp = Semaphore()
    private let ended = Semaphore()

    /// Starts the thread; `stop` has to follow.
    init(of database: String, in folder: String, every interval: Duration, keep: Int, log: Log) throws {
        self.folder = BackupFolder(folder)
        self.database = database
        self.interval = interval.components.seconds
        kept = keep
        self.log = log
        try Thread.detach(name: "backups") {
            // Linux gives each thread a niceness of its own. Where it may not be changed, this is as fast as the others.
            setpriority(PRIO_PROCESS, 0, 15)
            self.run()
            self.ended.signal()
        }
    }

    /// A backup that has begun is given up, and leaves nothing behind.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeUp.signal()
        ended.wait()
    }

    private func run() {
        var failures = 0
        while !isStopped.load(ordering: .acquiring) {
            let due = failures > 0 ? retryTime(after: failures) : nextTime
            let now = Int64(time(nil))
            if now < due {
                // A wall clock that is set wakes nobody, so it is looked at every minute.
                wakeUp.wait(seconds: min(due - now, 60))
                continue
            }
            failures = make() ? 0 : failures + 1
            lastTry.store(Int64(time(nil)), ordering: .relaxed)
        }
    }
}
