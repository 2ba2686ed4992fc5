import CSQLite

extension Connection {
    /// Makes the other database a page by page copy of this one, as it is in the transaction that is open here, or
    /// else at the start of the call. Writers go on meanwhile. `pause` is called after every `pagesAtATime` pages; what
    /// it throws ends the copying.
    package func copyAll(
        to destination: Connection, pagesAtATime: Int32, pause: () throws -> Void
    ) throws {
        guard let backup = unsafe sqlite3_backup_init(destination.handle, "main", handle, "main") else {
            throw unsafe SQLiteError(
                "sqlite3_backup_init", sqlite3_extended_errcode(destination.handle), on: destination.handle)
        }
        var stepped = SQLITE_OK
        do {
            repeat {
                stepped = unsafe sqlite3_backup_step(backup, pagesAtATime)
                if stepped == SQLITE_OK { try pause() }
            } while stepped == SQLITE_OK
        } catch {
            unsafe sqlite3_backup_finish(backup)
            throw error
        }
        let finished = unsafe sqlite3_backup_finish(backup)
        guard stepped == SQLITE_DONE else {
            throw unsafe SQLiteError("sqlite3_backup_step", stepped, on: nil)
        }
        guard finished == SQLITE_OK else {
            throw unsafe SQLiteError("sqlite3_backup_finish", finished, on: destination.handle)
        }
    }
}
