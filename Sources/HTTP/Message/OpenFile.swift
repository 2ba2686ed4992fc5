import Glibc
package import Platform

/// A regular file, open for reading, with what it was when it was opened.
package final class OpenFile: Sendable {
    let descriptor: FileDescriptor
    /// Bytes.
    package let size: Int
    /// Seconds since 1970, and the nanoseconds on top.
    let modified: (seconds: Int64, nanoseconds: Int64)

    /// Throws `ENOENT` for what is not a regular file, as for what is not there.
    package init(path: String) throws(SystemError) {
        descriptor = try FileDescriptor.openFile(path)
        let status = try descriptor.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError("open", code: ENOENT) }
        size = Int(status.st_size)
        modified = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
    }
}
