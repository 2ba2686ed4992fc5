import Glibc

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
        // What a backup that was killed has left would stay for good, for the next one has another name.
        for name in try names() where name.hasSuffix(".partial") { unsafe unlink("\(path)/\(name)") }
        let name = BackupFolder.prefix + BackupFolder.timestamp(now) + BackupFolder.suffix
        return try Backup(of: database, to: "\(path)/\(name)", isCancelled: isCancelled)
    }

    /// The Unix seconds at which the newest was begun; nil without one.
    package func newest() throws -> Int64? {
        try backups().last.flatMap { BackupFolder.seconds(in: $0) }
    }

    /// Removes all but the newest `count`. Files of other names are left alone.
    package func keep(_ count: Int) throws {
        for name in try backups().dropLast(count) {
            guard unsafe unlink("\(path)/\(name)") == 0 || errno == ENOENT else {
                throw StorageError.file(path: "\(path)/\(name)", reason: "cannot be removed: \(reason(errno))")
            }
        }
    }

    /// The oldest first. A folder that is missing has none.
    private func backups() throws(StorageError) -> [String] {
        try names().filter { BackupFolder.seconds(in: $0) != nil }.sorted()
    }

    /// Of backups, and of what has been left of them.
    private func names() throws(StorageError) -> [String] {
        guard let directory = unsafe opendir(path) else {
            guard errno == ENOENT else { throw .file(path: path, reason: reason(errno)) }
            return []
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name.hasPrefix(BackupFolder.prefix) { names.append(name) }
        }
        return names
    }

    /// `20261125T024500Z`
    static func timestamp(_ seconds: Int64) -> String {
        var (seconds, parts) = (time_t(seconds), tm())
        unsafe gmtime_r(&seconds, &parts)
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2) + digits(parts.tm_mday, 2) + "T"
            + digits(parts.tm_hour, 2) + digits(parts.tm_min, 2) + digits(parts.tm_sec, 2) + "Z"
    }

    /// The time in the name of a backup; nil for another name.
    private static func seconds(in name: String) -> Int64? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        let stamp = name.dropFirst(prefix.count).dropLast(suffix.count)
        let digits = stamp.compactMap { $0.isASCII ? $0.wholeNumberValue.map(Int32.init) : nil }
        guard digits.count == 14 else { return nil }
        func number(_ range: Range<Int>) -> Int32 { digits[range].reduce(0) { $0 * 10 + $1 } }
        var parts = tm()
        parts.tm_year = number(0..<4) - 1900
        parts.tm_mon = number(4..<6) - 1
        parts.tm_mday = number(6..<8)
        parts.tm_hour = number(8..<10)
        parts.tm_min = number(10..<12)
        parts.tm_sec = number(12..<14)
        let seconds = unsafe Int64(timegm(&parts))
        return timestamp(seconds) == stamp ? seconds : nil
    }
}
