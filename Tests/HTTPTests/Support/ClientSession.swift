import COpenSSL
import Glibc

/// The client's side of a TLS connection.
@safe
final class ClientSession {
    /// What the client asks for.
    struct Terms {
        var newestVersion = TLS1_3_VERSION
        var protocols = ["http/1.1"]
        /// A session to go on with.
        var ticket: ClientSession?
    }

    struct Failure: Error {
        let call: String
        let reason: String

        init(_ call: String) {
            self.call = call
            reason = unsafe ERR_reason_error_string(ERR_get_error()).map { unsafe String(cString: $0) } ?? ""
        }
    }

    private let context: OpaquePointer
    private let handle: OpaquePointer

    init(on socket: Int32, _ terms: Terms) throws {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()), let handle = unsafe SSL_new(context)
        else {
            throw Failure("SSL_new")
        }
        unsafe self.context = context
        unsafe self.handle = handle
        unsafe copenssl_set_maximum_version(handle, terms.newestVersion)
        let names = terms.protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !names.isEmpty { unsafe SSL_set_alpn_protos(handle, names, UInt32(names.count)) }
        if let ticket = terms.ticket, let session = unsafe SSL_get1_session(ticket.handle) {
            unsafe SSL_set_session(handle, session)
            unsafe SSL_SESSION_free(session)
        }
        unsafe SSL_set_fd(handle, socket)
        guard unsafe SSL_connect(handle) == 1 else { throw Failure("SSL_connect") }
    }

    deinit {
        unsafe SSL_free(handle)
        unsafe SSL_CTX_free(context)
    }

    /// Such as `TLSv1.3`.
    var version: String { unsafe String(cString: SSL_get_version(handle)) }
    var isResumed: Bool { unsafe SSL_session_reused(handle) == 1 }

    func send(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        guard unsafe SSL_write(handle, bytes, Int32(bytes.count)) == Int32(bytes.count) else {
            throw RawClient.Failure(call: "send", code: errno)
        }
    }

    func endSending() { unsafe SSL_shutdown(handle) }

    /// Empty at an end that the server has announced.
    func receive(atMost limit: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        ERR_clear_error()
        errno = 0
        let count = unsafe SSL_read(handle, &buffer, Int32(limit))
        if count > 0 { return Array(buffer[..<Int(count)]) }
        guard unsafe SSL_get_error(handle, count) == SSL_ERROR_ZERO_RETURN else {
            throw RawClient.Failure(call: "recv", code: errno)
        }
        return []
    }
}
