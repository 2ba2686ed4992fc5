import Glibc

/// A regular file, open for reading, with what it was when it was opened.
package final class OpenFile: Sendable {
    package let descriptor: FileDescriptor
    /// Bytes.
    package let size: Int
    /// Seconds since 1970, and the nanoseconds on top.
    package let modified: (seconds: Int64, nanoseconds: Int64)
    /// Lives for as long as the file is open.
    private let companion: (any Sendable)?

    /// Throws `ENOENT` for what is not a regular file, as for what is not there.
    package convenience init(path: String) throws(SystemError) {
        try self.init(FileDescriptor.openFile(path))
    }

    /// `companion` is let go of when the file is closed.
    package init(
        _ descriptor: consuming FileDescriptor, keeping companion: (any Sendable)? = nil
    ) throws(SystemError) {
        let status = try descriptor.status()
        self.descriptor = descriptor
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError("open", code: ENOENT) }
        size = Int(status.st_size)
        modified = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
        self.companion = companion
    }
}
