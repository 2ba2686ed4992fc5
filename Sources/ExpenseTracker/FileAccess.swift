import Glibc
import Platform

/// Looks whether this program may use files and folders, and says what to do where it may not: SQLite and OpenSSL say no
/// more than that they cannot.
enum FileAccess {
    static func expectReadable(_ file: String, option: String) throws(StartError) {
        guard unsafe access(file, R_OK) != 0 else { return }
        try expectAllowed(errno, file, to: "read", option: option)
    }

    /// The file of a database, and those that SQLite keeps beside it. It may be missing.
    static func expectDatabase(_ file: String, option: String) throws(StartError) {
        if Directory.isDirectory(file) {
            throw StartError("\(option): \(file) is a folder; name a file in it: \(file)/expenses.sqlite")
        }
        for name in [file, file + "-wal", file + "-shm"] where unsafe access(name, F_OK) == 0 {
            guard unsafe access(name, R_OK | W_OK) != 0 else { continue }
            try expectAllowed(errno, name, to: "read and write", option: option)
        }
        try expectFolder(of: file, option: option)
    }

    /// The folder in which a file is to be made.
    static func expectFolder(of file: String, option: String) throws(StartError) {
        try expectWritableFolder(folder(of: file), option: option)
    }

    static func folder(of file: String) -> String {
        let end = file.lastIndex(of: "/")
        return end.map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
    }

    static func expectWritableFolder(_ folder: String, option: String) throws(StartError) {
        guard unsafe access(folder, F_OK) == 0 || errno != ENOENT else {
            throw StartError("\(option): there is no folder \(folder); make it with: mkdir -p \(folder)")
        }
        guard Directory.isDirectory(folder) else {
            throw StartError("\(option): \(folder) is not a folder")
        }
        guard unsafe access(folder, W_OK | X_OK) != 0 else { return }
        try expectAllowed(errno, folder, to: "write in the folder", option: option)
    }

    private static func expectAllowed(
        _ code: Int32, _ path: String, to act: String, option: String
    ) throws(StartError) {
        switch code {
        case ENOENT:
            throw StartError("\(option): there is no file \(path)")
        case EACCES, EPERM:
            let user = UserName.own
            var status = stat()
            guard unsafe stat(path, &status) == 0 else {
                let folder = blockedFolder(on: path) ?? path
                throw StartError(
                    "\(option): user \(user) may not \(act) \(path), as it may not enter \(folder); put a copy "
                        + "where it may")
            }
            // A folder of the system's is nobody's to give away.
            if status.st_uid == 0, status.st_mode & S_IFMT == S_IFDIR, geteuid() != 0 {
                throw StartError(
                    "\(option): user \(user) may not \(act) \(path), which belongs to root; make one of its own "
                        + "and name that: install -d -o \(user) \(path)/expense-tracker")
            }
            let remedy =
                status.st_uid == geteuid() ? "chmod u+rwX \(path)" : "chown \(user) \(path)"
            throw StartError(
                "\(option): user \(user) may not \(act) \(path), which belongs to "
                    + "\(UserName.name(of: status.st_uid)); allow it with: \(remedy)")
        default:
            throw StartError("\(option): cannot \(act) \(path): \(SystemError.message(code))")
        }
    }

    /// The first folder on the way that may not be entered.
    private static func blockedFolder(on path: String) -> String? {
        var index = path.startIndex
        while let slash = path[index...].firstIndex(of: "/") {
            let folder = slash == path.startIndex ? "/" : String(path[..<slash])
            if unsafe access(folder, X_OK) != 0 { return folder }
            index = path.index(after: slash)
        }
        return nil
    }
}
