import COpenSSL

/// What a connected socket says, encrypted. The socket is closed by its owner, after this.
///
/// A call that has found no room is made again with at least the same bytes, for OpenSSL has encrypted some of them.
@safe
final class TLSSession {
    private let handle: OpaquePointer
    /// The client has ended the session, or broken it, behind bytes that have been handed on.
    private(set) var hasEnded = false

    init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe SSL_free(handle) }

    /// Whether both sides have agreed on keys.
    var isEstablished: Bool { unsafe SSL_is_init_finished(handle) == 1 }

    /// Fills the memory as far as there is something to receive; returns 0 when the client has said that it sends no
    /// more. Does the handshake too.
    @unsafe
    func receive(into memory: UnsafeMutableRawBufferPointer) throws(Socket.Failure) -> Int {
        var filled = 0
        while filled < memory.count {
            ERR_clear_error()
            let count = unsafe SSL_read(handle, memory.baseAddress! + filled, Int32(memory.count - filled))
            if count > 0 {
                filled += Int(count)
                continue
            }
            switch unsafe SSL_get_error(handle, count) {
            case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
                guard filled > 0 else { throw .wouldBlock }
                return filled
            case SSL_ERROR_ZERO_RETURN:
                hasEnded = true
                return filled
            default:
                hasEnded = true
                guard filled > 0 else { throw .broken }
                return filled
            }
        }
        return filled
    }

    /// Returns how many bytes have been encrypted and taken by the kernel.
    @unsafe
    func send(_ bytes: UnsafeRawBufferPointer) throws(Socket.Failure) -> Int {
        var sent = 0
        while sent < bytes.count {
            ERR_clear_error()
            let rest = min(bytes.count - sent, Int(Int32.max))
            let count = unsafe SSL_write(handle, bytes.baseAddress! + sent, Int32(rest))
            if count > 0 {
                sent += Int(count)
                continue
            }
            switch unsafe SSL_get_error(handle, count) {
            case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
                guard sent > 0 else { throw .wouldBlock }
                return sent
            default: throw .broken
            }
        }
        return sent
    }

    /// Tells the client that this is the end, so that nobody between can cut an answer short unseen.
    func endSending() {
        guard isEstablished else { return }
        ERR_clear_error()
        unsafe SSL_shutdown(handle)
    }
}
