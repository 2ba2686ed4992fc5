import CLinux
import Glibc
import Platform

/// A TCP or Unix socket without encryption.
@safe
final class PlainSocket: Socket {
    private let owned: FileDescriptor

    init(owning number: Int32) {
        owned = FileDescriptor(owning: number)
    }

    var descriptor: Int32 { owned.number }
    var isEstablished: Bool { true }
    var isDrained: Bool { true }

    var unacknowledged: Int {
        // Fails only for a descriptor that is no socket.
        max(0, Int(clinux_unacknowledged(descriptor)))
    }

    func receive(into buffer: ReceiveBuffer) -> Transfer {
        let count = unsafe buffer.withMemory { memory in
            uninterrupted { unsafe recv(descriptor, memory.baseAddress!, memory.count, 0) }
        }
        return transfer(count, .reading)
    }

    func send(_ bytes: [UInt8], from start: Int) -> Transfer {
        let count = unsafe bytes.withUnsafeBytes { bytes in
            uninterrupted {
                unsafe Glibc.send(
                    descriptor, bytes.baseAddress! + start, bytes.count - start, Int32(MSG_NOSIGNAL))
            }
        }
        return transfer(count, .writing)
    }

    func send(_ bytes: [UInt8], from start: Int, then rest: [UInt8]) -> Transfer {
        let count = unsafe bytes.withUnsafeBytes { bytes in
            unsafe rest.withUnsafeBytes { rest in
                // sendmsg(2) reads from both and writes to neither.
                var parts = unsafe (
                    iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress! + start),
                        iov_len: bytes.count - start),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: rest.baseAddress), iov_len: rest.count)
                )
                return unsafe withUnsafeMutablePointer(to: &parts) { parts in
                    unsafe parts.withMemoryRebound(to: iovec.self, capacity: 2) { parts in
                        var message = unsafe msghdr()
                        unsafe message.msg_iov = parts
                        unsafe message.msg_iovlen = 2
                        return uninterrupted { unsafe sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL)) }
                    }
                }
            }
        }
        return transfer(count, .writing)
    }

    /// The kernel sends it, without a copy through the program.
    func send(_ file: OpenFile, offset: Int, count: Int) -> Transfer {
        var position = off_t(offset)
        let sent = uninterrupted {
            unsafe sendfile(descriptor, file.descriptor.number, &position, count)
        }
        return transfer(sent, .writing)
    }

    /// Reads `errno` of the call just made.
    private func transfer(_ count: Int, _ direction: Transfer.Direction) -> Transfer {
        if count >= 0 { return .bytes(count) }
        return errno == EAGAIN ? .blocked(direction) : .broken
    }

    func endSending() {
        // Fails when the connection is dead already, which is as good.
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    func sayGoodbye() {}

    func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        // Fails only for a descriptor that is no socket.
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }
}
