import Expenses
import Glibc

/// Keeps some of the disk free from imports, so that what they have added can be taken back where no more fits: that, too,
/// is written to the log before it frees anything.
struct RoomForGrowth: Sendable {
    /// The folder of the database.
    let folder: String
    /// Bytes. The log has about as many between two checkpoints.
    static let reserve: Int64 = 32 * 1024 * 1024
    /// Pages of those that the file may have, where that is limited.
    static let reservedPages: Int64 = 16

    /// Throws `AppError.storageFull`.
    func expectSome(on connection: Connection) throws {
        guard connection.dialect == .sqlite else { return }
        var status = statvfs()
        if unsafe statvfs(folder, &status) == 0 {
            let free = Int64(status.f_bavail) * Int64(status.f_frsize)
            let all = Int64(status.f_blocks) * Int64(status.f_frsize)
            // A small disk cannot spare so much.
            guard free >= min(RoomForGrowth.reserve, all / 20) else { throw AppError.storageFull }
        }
        let most = try connection.integer("PRAGMA max_page_count") ?? .max
        let used = try connection.integer("PRAGMA page_count") ?? 0
        guard most - used < RoomForGrowth.reservedPages else { return }
        let unused = try connection.integer("PRAGMA freelist_count") ?? 0
        guard most - used + unused >= RoomForGrowth.reservedPages else { throw AppError.storageFull }
    }
}
