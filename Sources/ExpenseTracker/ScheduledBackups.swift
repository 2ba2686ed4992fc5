import Glibc
import Platform
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
    private let lastGood: Atomic<Int64>
    private let failures = Atomic(0)

    /// Whether copies can be made there; a folder that is missing is made at the start.
    static func expectUsable(_ folder: String) throws(StartError) {
        if unsafe access(folder, F_OK) != 0, errno == ENOENT {
            try FileAccess.expectFolder(of: folder, option: "--backup-folder")
        } else {
            try FileAccess.expectWritableFolder(folder, option: "--backup-folder")
        }
    }

    static func makeFolder(_ folder: String) throws(StartError) {
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { try expectUsable(folder) }
    }

    /// The first backup is due when the newest in the folder is as old as the
    /// interval, so that a restart makes none.
    init(of database: String, in folder: String, every interval: Duration, keep: Int, log: Log) throws {
        self.folder = BackupFolder(folder)
        self.database = database
        self.interval = interval.components.seconds
        kept = keep
        self.log = log
        lastGood = Atomic(try self.folder.newest() ?? 0)
    }

    /// Somebody has to join the thread. At its end a backup that has begun is given up, and leaves nothing behind.
    func start() throws -> LastingThread {
        try LastingThread(name: "backups") { thread in
            // Linux gives each thread a niceness of its own. Where it may not be changed, it stays as it is.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 15)
            self.run(thread)
        }
    }

    /// Unix seconds at which the last good one was begun; 0 while there is none.
    private var lastGoodTime: Int64 { lastGood.load(ordering: .relaxed) }

    func appendMetrics(to metrics: inout MetricsText) {
        metrics.add(
            .gauge, "expense_tracker_last_backup_timestamp_seconds",
            "When the last good backup was begun; 0 while there is none.", lastGoodTime)
        metrics.add(
            .counter, "expense_tracker_backup_failures", "Backups that could not be made.",
            failures.load(ordering: .relaxed))
    }

    private func run(_ thread: LastingThread) {
        var failures = 0
        var retry: Int64 = 0
        while !thread.isEnding {
            let now = Clock.unixSeconds
            // A newest backup in the future means that the clock was set back; treat it as made now.
            let due = failures > 0 ? retry : min(lastGoodTime, now) + interval
            guard now >= due else {
                // The clock may be set meanwhile, which wakes nobody.
                thread.pause(upTo: .seconds(min(due - now, 60)))
                continue
            }
            if make(at: now, on: thread) {
                failures = 0
            } else {
                failures += 1
                retry = now + min(interval, Self.firstRetry << min(Int64(failures - 1), 16))
            }
        }
    }

    private func make(at now: Int64, on thread: LastingThread) -> Bool {
        do {
            let backup = try folder.add(database, at: now) { thread.isEnding }
            lastGood.store(now, ordering: .relaxed)
            if let error = backup.errors.first {
                log.write(
                    .error,
                    "backup: \(backup.errors.count) derived figures are wrong in the database, and in its copy; "
                        + "`expense-tracker check --repair` recomputes them: \(error)")
            }
            log.write(
                .info,
                "backup: \(backup.path) is a sound copy, made in \(Clock.unixSeconds - now) s: "
                    + "\(backup.contents.users) users, \(backup.contents.expenses) expenses")
        } catch {
            if thread.isEnding { return false }
            let last =
                lastGoodTime == 0
                ? "there is no good one yet" : "the last good one is \((now - lastGoodTime) / 3600) hours old"
            failures.add(1, ordering: .relaxed)
            log.write(.error, "backup failed, \(last): \(error)")
            return false
        }
        do {
            try folder.keep(kept)
        } catch {
            log.write(.warning, "backup: an old copy could not be deleted: \(error)")
        }
        return true
    }
}
