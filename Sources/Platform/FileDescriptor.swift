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
        guard count > 0 else { throw SystemError("write") }
        written += count
    }
}
