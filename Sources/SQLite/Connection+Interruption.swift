import CSQLite

extension Connection {
    /// Ends a statement that runs with an interruption (`SQLiteError.isInterrupted`) once `condition` is true, which is
    /// asked whenever that many instructions of SQLite's machine have passed.
    package func interrupt(every instructions: Int32, when condition: @escaping @Sendable () -> Bool) {
        let interruption = Interruption(condition)
        self.interruption = interruption
        // The connection keeps the object alive for as long as SQLite may call.
        unsafe sqlite3_progress_handler(
            handle, instructions,
            { pointer in
                guard let pointer = unsafe pointer else { return 0 }
                let condition = unsafe Unmanaged<Interruption>.fromOpaque(pointer).takeUnretainedValue()
                    .condition
                return condition() ? 1 : 0
            }, Unmanaged.passUnretained(interruption).toOpaque())
    }
}
