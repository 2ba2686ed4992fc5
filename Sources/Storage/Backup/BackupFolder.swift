import Glibc
import Platform

/// Backups that are made one after the other, named by their time: `expenses-20261125T024500Z.sqlite`.
package struct BackupFolder: Sendable {
    private static let prefix = "expenses-"
    private static let suffix = ".sqlite"

    package let path: String

    package init(_ path: String) { self.path = path }

    /// A new backup in the folder, which is made where it is missing. `now` is in Unix seconds.
    package func add(
        _ database: String, at now: Int64, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> Backup {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw StorageError.file(path: path, reason: "cannot be made: \(reason(errno))")
        }
        try claim(for: database)
        // What a backup that was killed has left would stay for good, for the next one has another name.
        for name in try names() where name.hasSuffix(".partial") { unsafe unlink("\(path)/\(name)") }
        let name = BackupFolder.prefix + Timestamp(seconds: now).text + BackupFolder.suffix
        return try Backup(of: database, to: "\(path)/\(name)", isCancelled: isCancelled)
    }

    /// Why a folder cannot take a backup.
    package struct Taken: Error, CustomStringConvertible {
        let folder: String
        let note: String
        let other: String

        package var description: String {
            "\(folder) holds the backups of \(other), of which old ones would be removed: give each database a folder of its "
                + "own, or remove \(note) where that one has moved here"
        }
    }

    /// Names the database whose backups these are. Throws `Taken` where they are another one's.
    private func claim(for database: String) throws {
        let note = path + "/database.txt"
        let name = absolute(database)
        guard let file = unsafe fopen(note, "r") else {
            guard errno == ENOENT else {
                throw StorageError.file(path: note, reason: "cannot be read: \(reason(errno))")
            }
            return try write(name, to: note)
        }
        defer { unsafe fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { unsafe free(line) }
        // A note without a whole line is one that an earlier release could not write to its end.
        guard unsafe getline(&line, &capacity, file) > 0, let text = unsafe line,
            unsafe String(cString: text).hasSuffix("\n")
        else { return try write(name, to: note) }
        let other = unsafe String(cString: text).split(separator: "\n").joined()
        if other != name { throw Taken(folder: path, note: note, other: other) }
    }

    /// Under another name first: a disk that is full leaves no half of a note.
    private func write(_ name: String, to note: String) throws {
        let partial = note + ".partial"
        unsafe unlink(partial)
        defer { unsafe unlink(partial) }
        guard try makePrivateFile(partial), let file = unsafe fopen(partial, "w") else {
            throw StorageError.file(path: partial, reason: "cannot be written: \(reason(errno))")
        }
        let isWritten = unsafe fputs(name + "\n", file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0
        let problem = errno
        let isClosed = unsafe fclose(file) == 0
        guard isWritten && isClosed else {
            throw StorageError.file(
                path: partial, reason: "cannot be written: \(reason(isWritten ? errno : problem))")
        }
        guard unsafe rename(partial, note) == 0 else {
            throw StorageError.file(path: note, reason: "cannot be written: \(reason(errno))")
        }
    }

    private func absolute(_ database: String) -> String {
        guard let resolved = unsafe realpath(database, nil) else { return database }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The Unix seconds at which the newest was begun; nil without one.
    package func newest() throws -> Int64? {
        try backups().last.flatMap { BackupFolder.seconds(in: $0) }
    }

    /// Removes all but the newest `count`. Files of other names are left alone.
    package func keep(_ count: Int) throws {
        for name in try backups().dropLast(count) {
            guard unsafe unlink("\(path)/\(name)") == 0 || errno == ENOENT else {
                throw StorageError.file(
                    path: "\(path)/\(name)", reason: "cannot be removed: \(reason(errno))")
            }
        }
    }

    /// The oldest first. A folder that is missing has none.
    private func backups() throws -> [String] {
        try names().filter { BackupFolder.seconds(in: $0) != nil }.sorted()
    }

    /// Of backups, and of what has been left of them.
    private func names() throws -> [String] {
        guard Directory.isDirectory(path) else { return [] }
        return try Directory.names(in: path).filter { $0.hasPrefix(BackupFolder.prefix) }
    }

    /// The time in the name of a backup; nil for another name.
    private static func seconds(in name: String) -> Int64? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        return Timestamp(String(name.dropFirst(prefix.count).dropLast(suffix.count)))?.seconds
    }
}
