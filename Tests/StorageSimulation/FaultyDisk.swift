import CSQLiteTesting
import Glibc

/// A disk for the databases of one folder that can lose its power, or fail (Tests/CSQLiteTesting).
@safe
package final class FaultyDisk: Sendable {
    // Every function of the disk takes its lock.
    nonisolated(unsafe) private let disk: OpaquePointer

    /// `grow` is a write for which there is no room.
    package enum Operation { case read, write, sync, grow }

    /// The seed decides what a power cut leaves of the writes that were not synced, and which operations fail.
    /// No connection may use the folder any more when the disk goes out of scope.
    package init(folder: String, seed: UInt64) {
        guard let disk = unsafe faulty_disk_make(folder, seed) else {
            fatalError("tests need a folder for the disk")
        }
        unsafe self.disk = disk
    }

    deinit { unsafe faulty_disk_free(disk) }

    /// The power goes off in the middle of an operation, after that many others that change the disk.
    package func cut(after operations: Int) { unsafe faulty_disk_cut_after(disk, Int64(operations)) }

    package var isCut: Bool { unsafe faulty_disk_is_cut(disk) != 0 }

    /// How many operations have changed the disk.
    package var operations: Int { unsafe Int(faulty_disk_operations(disk)) }

    /// How many operations have been made to fail.
    package var failures: Int { unsafe Int(faulty_disk_failures(disk)) }

    /// From now on, of a thousand operations of these kinds so many fail.
    package func fail(_ operations: Set<Operation>, perMille: Int) {
        let kinds = operations.map { operation in
            switch operation {
            case .read: faulty_disk_read
            case .write: faulty_disk_write
            case .sync: faulty_disk_sync
            case .grow: faulty_disk_grow
            }
        }
        unsafe faulty_disk_fail(disk, Int32(kinds.reduce(0, +)), Int32(perMille))
    }

    /// Writes into an empty folder what the disk holds when the power comes back.
    package func save(to folder: String) {
        guard unsafe faulty_disk_save(disk, folder) == 0 else {
            fatalError("tests need to write temporary files")
        }
    }
}
