import CLinux
import Glibc
import Platform

/// A connected socket that never blocks.
struct Socket: ~Copyable {
    enum Failure: Error {
        /// The kernel has nothing, or no room, right now.
        case wouldBlock
        /// The connection is dead.
        case broken

        /// What `errno` means after a call that has failed.
        fileprivate init() {
            self = errno == EAGAIN ? .wouldBlock : .broken
        }
    }

    /// Where the connection is encrypted. Goes before the descriptor that it uses.
    private let session: TLSSession?
    private let descriptor: FileDescriptor

    init(owning number: Int32) {
        self.init(FileDescriptor(owning: number), session: nil)
    }

    /// The same socket, encrypted from now on.
    consuming func encrypted(by session: TLSSession?) -> Socket {
        Socket(descriptor, session: session)
    }

    private init(_ descriptor: consuming FileDescriptor, session: TLSSession?) {
        self.descriptor = descriptor
        self.session = session
    }

    /// Whether an encrypted connection has not agreed on its keys yet.
    var isShakingHands: Bool { session.map { !$0.isEstablished } ?? false }

    /// Whether the end is known to follow what has been received.
    var hasEnded: Bool { session?.hasEnded ?? false }

    var number: Int32 { descriptor.number }

    /// Receives into the buffer, which is filled anew. Returns how many bytes have come; 0 when the peer has said that it
    /// sends no more.
    borrowing func receive(into buffer: ReceiveBuffer) throws(Failure) -> Int {
        if let session {
            var failure: Failure?
            let count = unsafe buffer.withMemory { memory in
                do throws(Failure) {
                    return try unsafe session.receive(into: memory)
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            return count
        }
        let count = unsafe buffer.withMemory { memory in
            uninterrupted { unsafe recv(number, memory.baseAddress!, memory.count, 0) }
        }
        guard count >= 0 else { throw Failure() }
        return count
    }

    /// Sends what follows `start`; returns how many bytes the kernel has taken. `isMoreToCome` says that more follows at
    /// once, so that both share packets.
    borrowing func send(_ bytes: [UInt8], from start: Int, isMoreToCome: Bool = false) throws(Failure) -> Int
    {
        if let session { return try send(bytes, from: start, in: session) }
        let flags = Int32(isMoreToCome ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL)
        let count = unsafe bytes.withUnsafeBytes { bytes in
            uninterrupted {
                unsafe Glibc.send(number, bytes.baseAddress! + start, bytes.count - start, flags)
            }
        }
        guard count >= 0 else { throw Failure() }
        return count
    }

    private borrowing func send(
        _ bytes: [UInt8], from start: Int, in session: TLSSession
    ) throws(Failure) -> Int {
        var failure: Failure?
        let count = unsafe bytes.withUnsafeBytes { bytes in
            do throws(Failure) {
                return try unsafe session.send(UnsafeRawBufferPointer(rebasing: bytes[start...]))
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return count
    }

    /// Sends `head` and then `body` in one call; returns how many bytes of both the kernel has taken.
    borrowing func send(_ head: [UInt8], then body: [UInt8]) throws(Failure) -> Int {
        if let session {
            let count = try send(head, from: 0, in: session)
            guard count == head.count else { return count }
            do throws(Failure) {
                return try count + send(body, from: 0, in: session)
            } catch {
                guard error == .wouldBlock else { throw error }
                return count
            }
        }
        let count = unsafe head.withUnsafeBytes { head in
            unsafe body.withUnsafeBytes { body in
                // sendmsg(2) reads from both and writes to neither.
                var parts = unsafe (
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count)
                )
                return unsafe withUnsafeMutablePointer(to: &parts) { parts in
                    unsafe parts.withMemoryRebound(to: iovec.self, capacity: 2) { parts in
                        var message = unsafe msghdr()
                        unsafe message.msg_iov = parts
                        unsafe message.msg_iovlen = 2
                        return uninterrupted { unsafe sendmsg(number, &message, Int32(MSG_NOSIGNAL)) }
                    }
                }
            }
        }
        guard count >= 0 else { throw Failure() }
        return count
    }

    /// Lets the kernel send `count` bytes of a file from `offset` on; returns how many it has taken, 0 when the
    /// file has become shorter.
    borrowing func send(_ file: OpenFile, offset: Int, count: Int) throws(Failure) -> Int {
        if let session {
            let bytes = try? file.descriptor.read(min(count, Self.filePiece), at: offset)
            // A file that has become shorter.
            guard let bytes else { return 0 }
            return try send(bytes, from: 0, in: session)
        }
        var position = off_t(offset)
        let sent = uninterrupted {
            unsafe sendfile(number, file.descriptor.number, &position, count)
        }
        guard sent >= 0 else { throw Failure() }
        return sent
    }

    /// Bytes of a file that are encrypted at a time.
    private static let filePiece = 64 * 1024

    /// Says that nothing more will be sent, on an encrypted connection; on another, closing it says so.
    borrowing func endSession() { session?.endSending() }

    /// Says that nothing more will be sent, and goes on receiving.
    borrowing func endSending() {
        session?.endSending()
        // Fails when the connection is dead already, which is as good.
        _ = shutdown(number, Int32(SHUT_WR))
    }

    /// Makes closing it reset the connection, so that its peer sees an error instead of an end.
    borrowing func resetWhenClosed() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        // Fails only for a descriptor that is no socket.
        unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }
}
