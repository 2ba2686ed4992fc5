import CLinux
package import Glibc

/// Owns an open descriptor and closes it when it goes out of scope.
package struct FileDescriptor: ~Copyable {
    package let number: Int32

    /// Takes over a descriptor that a system call has returned.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Whatever close reports, Linux has released the number: trying again could close somebody else's.
        close(number)
    }

    package static func openFile(_ path: String) throws(SystemError) -> FileDescriptor {
        // O_NONBLOCK: a FIFO with that name must not stop the server.
        let number = uninterrupted { unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard number >= 0 else { throw SystemError("open") }
        return FileDescriptor(owning: number)
    }

    /// A folder, of which nothing but its names can be synchronized.
    package static func openFolder(_ path: String) throws(SystemError) -> FileDescriptor {
        let number = uninterrupted { unsafe open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY) }
        guard number >= 0 else { throw SystemError("open", detail: path) }
        return FileDescriptor(owning: number)
    }

    /// A new file to be written, which has that mode whatever the umask. One that is there already is an error.
    package static func newFile(_ path: String, mode: UInt32) throws(SystemError) -> FileDescriptor {
        let number = uninterrupted { unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        guard number >= 0 else { throw SystemError("open", detail: path) }
        let file = FileDescriptor(owning: number)
        guard fchmod(number, mode) == 0 else { throw SystemError("fchmod", detail: path) }
        return file
    }

    /// A new file without a name in that folder, to be written and read, which is gone when nobody has it open
    /// (`O_TMPFILE`, open(2)). Where the file system has no such files, one whose name is taken away at once.
    package static func unnamedFile(in folder: String) throws(SystemError) -> FileDescriptor {
        let flags = O_RDWR | O_CLOEXEC
        let number = uninterrupted { unsafe open(folder, flags | clinux_O_TMPFILE, 0o600) }
        if number >= 0 { return FileDescriptor(owning: number) }
        guard errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT else {
            throw SystemError("open", detail: folder)
        }
        var name = Array((folder + "/.expense-tracker-XXXXXX").utf8CString)
        let named = uninterrupted { unsafe mkostemp(&name, O_CLOEXEC) }
        guard named >= 0 else { throw SystemError("mkostemp", detail: folder) }
        unsafe unlink(name)
        return FileDescriptor(owning: named)
    }

    package borrowing func status() throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw SystemError("fstat") }
        return status
    }

    /// Locks these bytes of the file against every other descriptor that locks any of them, for as long as this one is
    /// open. Returns false, without waiting, where another one has done so (fcntl(2), "Open file description locks").
    package borrowing func lock(_ bytes: Range<Int>) throws(SystemError) -> Bool {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = off_t(bytes.lowerBound)
        range.l_len = off_t(bytes.count)
        if unsafe fcntl(number, clinux_F_OFD_SETLK, &range) == 0 { return true }
        guard errno == EAGAIN || errno == EACCES else { throw SystemError("fcntl") }
        return false
    }

    /// Writes all that the other file has from its position on.
    package borrowing func copyRest(of other: borrowing FileDescriptor) throws(SystemError) {
        while true {
            let (from, to) = (other.number, number)
            let count = uninterrupted { sendfile(to, from, nil, 1 << 30) }
            guard count >= 0 else { throw SystemError("sendfile") }
            if count == 0 { return }
        }
    }

    /// Returns when what was written has reached the disk.
    package borrowing func synchronize() throws(SystemError) {
        guard fsync(number) == 0 else { throw SystemError("fsync") }
    }

    /// Bytes that users without privileges may still write on the file's disk (fstatvfs(3)).
    package borrowing func freeSpace() throws(SystemError) -> Int {
        var status = statvfs()
        guard unsafe fstatvfs(number, &status) == 0 else { throw SystemError("fstatvfs") }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Writes all of the bytes behind those that were written before.
    package borrowing func write(_ bytes: [UInt8]) throws(SystemError) { try writeAll(bytes, to: number) }

    /// Reads exactly `count` bytes from `offset` on. Throws `EIO` where the file ends before.
    package borrowing func read(_ count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = uninterrupted {
                    unsafe pread(
                        number, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
                }
                guard got > 0 else {
                    failure = SystemError("pread", code: got == 0 ? EIO : errno)
                    return
                }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// Writes all of the bytes, waiting for who reads them. Throws what the first failing write reports.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            uninterrupted {
                unsafe write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
        }
        guard count > 0 else { throw SystemError("write", code: count == 0 ? EIO : errno) }
        written += count
    }
}
