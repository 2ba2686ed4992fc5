import Glibc
package import Platform

/// A range of bytes of a file that stays open for as long as somebody sends from it.
package struct FileSlice: Sendable {
    let file: OpenFile
    /// Bytes from the file's start.
    package let offset: Int
    package let count: Int

    /// The whole file.
    package init(of file: OpenFile) {
        self.init(of: file, offset: 0, count: file.size)
    }

    package init(of file: OpenFile, offset: Int, count: Int) {
        precondition(offset >= 0 && count >= 0 && offset + count <= file.size, "a slice lies within its file")
        self.file = file
        self.offset = offset
        self.count = count
    }

    /// Blocks on the disk. Throws when the file has become shorter since it was opened.
    func read() throws(SystemError) -> [UInt8] {
        try file.descriptor.read(count, at: offset)
    }
}

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
