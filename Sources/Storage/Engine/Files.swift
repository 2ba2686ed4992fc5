import Glibc

/// Makes an empty file that its owner alone can read and write. Returns false where there is a file already.
func makePrivateFile(_ path: String) throws(StorageError) -> Bool {
    let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        let code = errno
        guard code == EEXIST else { throw .file(path: path, reason: "cannot be made: \(reason(code))") }
        return false
    }
    close(descriptor)
    return true
}

/// Returns when the file's bytes, or the directory's entries, have reached the disk.
func synchronize(_ path: String) throws(StorageError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path: path, reason: "cannot be opened: \(reason(errno))") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
        throw .file(path: path, reason: "cannot be written to the disk: \(reason(errno))")
    }
}

/// The directory that holds the file.
func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The system's sentence for an error number.
func reason(_ code: Int32) -> String {
    // The text belongs to this thread until its next call; it is copied here.
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
