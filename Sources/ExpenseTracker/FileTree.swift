import CLinux
import Glibc
import Platform

/// Copies of files and folders that are on the disk when a call returns.
enum FileTree {
    /// Deeper folders are refused: a link leads back up.
    private static let maximumDepth = 16

    /// What links lead to is copied in their place; names that begin with a point are passed over.
    static func copy(_ source: String, to target: String, mode: mode_t = 0o644, depth: Int = 0)
        throws(StartError)
    {
        var status = stat()
        guard unsafe stat(source, &status) == 0 else { throw failure(source) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return try copyFile(source, to: target, mode: mode) }
        guard depth < maximumDepth else {
            throw StartError("install: \(source): folders are nested more than \(maximumDepth) deep")
        }
        try makeFolder(target)
        for name in try names(in: source) ?? [] where !name.hasPrefix(".") {
            try copy(source + "/" + name, to: target + "/" + name, mode: mode, depth: depth + 1)
        }
        try synchronize(folder: target)
    }

    private static func copyFile(_ source: String, to target: String, mode: mode_t) throws(StartError) {
        let input = unsafe open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw failure(source) }
        defer { close(input) }
        let output = try create(target, mode: mode)
        defer { close(output) }
        while true {
            let count = sendfile(output, input, nil, 1 << 30)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure(target) }
            if count == 0 { break }
        }
        guard fsync(output) == 0 else { throw failure(target) }
    }

    static func write(_ text: String, to target: String) throws(StartError) {
        let output = try create(target, mode: 0o644)
        defer { close(output) }
        do {
            try writeAll(Array(text.utf8), to: output)
        } catch {
            throw StartError("install: \(target): \(error)")
        }
        guard fsync(output) == 0 else { throw failure(target) }
    }

    /// Whatever the umask, the file has this mode.
    private static func create(_ path: String, mode: mode_t) throws(StartError) -> Int32 {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        guard fchmod(descriptor, mode) == 0 else {
            defer { close(descriptor) }
            throw failure(path)
        }
        return descriptor
    }

    /// One that is there already is left as it is.
    static func makeFolder(_ path: String) throws(StartError) {
        if unsafe mkdir(path, 0o755) == 0 {
            guard unsafe chmod(path, 0o755) == 0 else { throw failure(path) }
        } else if errno != EEXIST {
            throw failure(path)
        }
    }

    /// Gives what is at `new` the name `old`. What had that name has the other one afterwards, so that the name is
    /// never without a file.
    static func put(_ new: String, inPlaceOf old: String) throws(StartError) {
        if unsafe renameat2(AT_FDCWD, new, AT_FDCWD, old, clinux_RENAME_EXCHANGE) != 0 {
            guard errno == ENOENT, unsafe rename(new, old) == 0 else { throw failure(old) }
        }
        try synchronize(folder: FileAccess.folder(of: old))
    }

    /// A file, or a folder with all that is in it; one that is not there is no error.
    static func remove(_ path: String) throws(StartError) {
        if unsafe unlink(path) == 0 || errno == ENOENT { return }
        guard errno == EISDIR else { throw failure(path) }
        for name in try names(in: path) ?? [] { try remove(path + "/" + name) }
        guard unsafe rmdir(path) == 0 else { throw failure(path) }
    }

    /// What a folder holds, sorted; nil where it does not exist.
    static func names(in folder: String) throws(StartError) -> [String]? {
        guard unsafe access(folder, F_OK) == 0 else { return nil }
        do {
            return try Directory.names(in: folder)
        } catch {
            throw StartError("install: \(error)")
        }
    }

    /// Returns when the names in the folder have reached the disk.
    static func synchronize(folder: String, option: String = "install") throws(StartError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, option) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder, option) }
    }

    /// What the last system call said.
    private static func failure(_ path: String, _ option: String = "install") -> StartError {
        StartError(unsafe "\(option): \(path): \(String(cString: strerror(errno)))")
    }
}
