import COpenSSL
import Platform

/// A socket whose bytes are encrypted.
///
/// After `blocked`, `send` has to be called again with the same bytes, possibly with more after them: OpenSSL has
/// encrypted some of them already.
@safe
final class TLSSocket: Socket {
    /// The most that a record holds (RFC 8446 §5.1).
    private static let recordSize = 16 * 1024
    /// Bytes of a file that are encrypted at a time.
    private static let filePiece = 64 * 1024

    private let plain: PlainSocket
    private let session: OpaquePointer
    /// The peer has closed the session, or it has failed; bytes returned before are valid.
    private var hasEnded: Transfer?
    /// The last `receive` has returned bytes, and OpenSSL has to write before it can read on.
    private var wantsToWrite = false
    /// Whether the first bytes are known to begin a handshake.
    private var isLookedAt = false

    /// Takes over OpenSSL's session of that socket.
    init(_ plain: PlainSocket, owning session: OpaquePointer) {
        self.plain = plain
        unsafe self.session = session
    }

    // Before the descriptor that it uses.
    deinit { unsafe SSL_free(session) }

    var descriptor: Int32 { plain.descriptor }
    var isEstablished: Bool { unsafe SSL_is_init_finished(session) == 1 }
    var unacknowledged: Int { plain.unacknowledged }
    var isDrained: Bool { hasEnded == nil && !wantsToWrite }

    /// Does the handshake too. Goes on until nothing is left to be read: what lies in OpenSSL's own buffer would not be
    /// told by epoll.
    func receive(into buffer: ReceiveBuffer) -> Transfer {
        if let hasEnded { return hasEnded }
        if !isLookedAt {
            switch PlainRequest.look(at: plain) {
            case .nothing: break
            case .handshake: isLookedAt = true
            case .answered:
                hasEnded = .bytes(0)
                return .bytes(0)
            }
        }
        wantsToWrite = false
        return unsafe buffer.withMemory { memory in
            var filled = 0
            while filled < memory.count {
                ERR_clear_error()
                let count = unsafe SSL_read(
                    session, memory.baseAddress! + filled, Int32(memory.count - filled))
                if count > 0 {
                    filled += Int(count)
                    continue
                }
                let outcome: Transfer
                switch unsafe SSL_get_error(session, count) {
                case SSL_ERROR_WANT_READ: return filled > 0 ? .bytes(filled) : .blocked(.reading)
                case SSL_ERROR_WANT_WRITE:
                    wantsToWrite = true
                    return filled > 0 ? .bytes(filled) : .blocked(.writing)
                case SSL_ERROR_ZERO_RETURN: outcome = .bytes(0)
                default: outcome = .broken
                }
                hasEnded = outcome
                return filled > 0 ? .bytes(filled) : outcome
            }
            return .bytes(filled)
        }
    }

    func send(_ bytes: [UInt8], from start: Int) -> Transfer {
        unsafe bytes.withUnsafeBytes { bytes in
            var sent = start
            while sent < bytes.count {
                ERR_clear_error()
                let rest = min(bytes.count - sent, Int(Int32.max))
                let count = unsafe SSL_write(session, bytes.baseAddress! + sent, Int32(rest))
                if count > 0 {
                    sent += Int(count)
                    continue
                }
                let direction: Transfer.Direction
                switch unsafe SSL_get_error(session, count) {
                case SSL_ERROR_WANT_READ: direction = .reading
                case SSL_ERROR_WANT_WRITE: direction = .writing
                default: return .broken
                }
                return sent > start ? .bytes(sent - start) : .blocked(direction)
            }
            return .bytes(sent - start)
        }
    }

    /// Fills one record with what comes first of both: the rest is sent by further calls.
    func send(_ bytes: [UInt8], from start: Int, then rest: [UInt8]) -> Transfer {
        var record = Array(bytes[start...])
        if record.count < Self.recordSize { record += rest.prefix(Self.recordSize - record.count) }
        return send(record, from: 0)
    }

    func send(_ file: OpenFile, offset: Int, count: Int) -> Transfer {
        // A file that has become shorter.
        guard let bytes = try? file.descriptor.read(min(count, Self.filePiece), at: offset) else {
            return .bytes(0)
        }
        return send(bytes, from: 0)
    }

    func endSending() {
        sayGoodbye()
        plain.endSending()
    }

    /// Tells the client that this is the end, so that nobody between can cut an answer short unseen (RFC 8446 §6.1).
    func sayGoodbye() {
        guard isEstablished else { return }
        ERR_clear_error()
        unsafe SSL_shutdown(session)
    }

    func resetWhenClosed() { plain.resetWhenClosed() }
}
