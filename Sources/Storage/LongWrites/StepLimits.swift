import Platform

/// How much one step of a long write does: others' writes wait for its end.
package struct StepLimits: Sendable {
    /// Rows that are changed, or some more: the last few are changed together.
    package var rows = 512
    /// Microseconds after which it ends; nil for no limit of time. The default is for SQLite, which has one writer.
    package var longest: Int64? = 20_000
    /// Microseconds that it may take while somebody waits.
    package var shortest: Int64 = 500
    /// Microseconds after which a transaction takes no further write of those that wait.
    package var longestTransaction: Int64 = 20_000
    /// Expenses that repeat which one write records; the rest of what is due is recorded in steps.
    package var recordedAtOnce = RepeatingStore.mostAtOnce
    /// Whether somebody waits for the writer.
    var isSomebodyWaiting: @Sendable () -> Bool = { true }

    package init() {}

    /// The same on a server, where others' writes are made meanwhile and a transaction costs more than some rows.
    func onServer() -> StepLimits {
        guard longest != nil else { return self }
        var limits = self
        (limits.longest, limits.shortest) = (50_000, 50_000)
        return limits
    }

    /// Whether a step that was begun at that time, in microseconds, and has changed so many rows is to end.
    func endsStep(begunAt start: Int64, rows: Int) -> Bool {
        if rows >= self.rows { return true }
        // Without a limit of time a step is the same each time, whatever the machine.
        guard let longest else { return false }
        let time = Clock.microseconds - start
        return time >= longest || (time >= shortest && isSomebodyWaiting())
    }
}
