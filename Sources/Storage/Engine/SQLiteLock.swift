import Glibc
import Platform

/// Keeps every SQLite program out of a database, by the locks that it takes itself (sqlite.org/lockingv3.html); also of
/// a file that is damaged.
enum SQLiteLock {
    /// The pending byte, the reserved byte, and the 510 of which a program that has a write-ahead log open holds one.
    private static let bytes = 0x4000_0000..<0x4000_0200

    /// The lock ends with its descriptor. Nil where a program has the database open, be it this one.
    static func take(_ database: String) throws(SystemError) -> FileDescriptor? {
        let number = unsafe open(database, O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", detail: database) }
        let file = FileDescriptor(owning: number)
        guard try file.lock(bytes) else { return nil }
        return consume file
    }
}
