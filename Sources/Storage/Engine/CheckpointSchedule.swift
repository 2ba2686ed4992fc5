import SQLite

/// When the write-ahead log is written into the file: by the writer, when those who wait for it have their answers.
///
/// A log that readers let go of starts over then. Where one reads for long, it goes on growing: from four times the usual
/// length on the writer waits a moment for readers. What another program holds can only be told.
struct CheckpointSchedule {
    /// Milliseconds that the writer waits for readers.
    private static let busyTimeout: Int32 = 50

    /// Pages of the log after which it is written into the file.
    private let usual: Int
    private let report: @Sendable (String) -> Void
    /// Pages at which the next one is due.
    private var next: Int
    /// Pages at which the next line of the log is due.
    private var nextReport: Int

    init(every usual: Int, report: @escaping @Sendable (String) -> Void) {
        self.usual = usual
        self.report = report
        (next, nextReport) = (usual, 8 * usual)
    }

    /// Looks at the log after a commit.
    mutating func keep(_ connection: SQLite.Connection) {
        let pages = connection.logLength
        guard pages >= next else { return }
        do throws(SQLiteError) {
            let isWhole =
                pages < 4 * usual
                ? try connection.checkpoint()
                : try connection.restartLog(busyTimeout: CheckpointSchedule.busyTimeout)
            next = isWhole ? usual : pages + usual / 4
            if isWhole { nextReport = 8 * usual }
        } catch {
            next = pages + usual / 4
            report("the log of writes could not be written into the database: \(error)")
        }
        guard next > usual, pages >= nextReport else { return }
        nextReport = 2 * pages
        report(
            "the log of writes has \(pages / 256) MB, because a reader has held it for long: does another program read "
                + "the database?")
    }
}
