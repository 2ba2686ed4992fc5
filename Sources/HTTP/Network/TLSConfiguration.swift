import COpenSSL
import Glibc
import Platform
import Synchronization

/// The certificate that the server shows, with its key and the rules by which it speaks TLS 1.2 and 1.3.
package final class TLSConfiguration: Sendable {
    /// Why a certificate cannot be used: which file, and what is wrong with it.
    package struct Problem: Error, CustomStringConvertible {
        package enum File: Sendable {
            case certificate
            case key
        }

        package let file: File
        package let description: String
    }

    /// Forward secrecy and authenticated encryption only; those of TLS 1.3 are all of that kind.
    private static let ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
    private static let groups = "X25519:P-256:P-384"
    /// Seconds that a session can be resumed.
    private static let sessionLifetime = 24 * 3600
    /// Milliseconds that a key encrypts tickets; who gets hold of one can read the sessions of no longer time.
    package static let ticketKeyLifetime: Int64 = 12 * 3600 * 1000

    private let file: String
    private let keyFile: String
    private let ticketKeyLifetime: Int64
    private let context: Mutex<Context>

    /// `file` holds the certificate and those that vouch for it, `keyFile` its key without a passphrase; both in PEM.
    /// `ticketKeyLifetime` in milliseconds.
    package init(
        file: String, keyFile: String, ticketKeyLifetime: Int64 = TLSConfiguration.ticketKeyLifetime
    ) throws(Problem) {
        self.file = file
        self.keyFile = keyFile
        self.ticketKeyLifetime = ticketKeyLifetime
        context = Mutex(try Context(file: file, keyFile: keyFile))
    }

    /// Reads both files again. Connections that are there go on with what they have; when this throws, so do new ones.
    package func reload() throws(Problem) {
        let new = try Context(file: file, keyFile: keyFile)
        context.withLock { $0 = new }
    }

    /// The socket, encrypted from now on.
    func encrypt(_ socket: PlainSocket) throws(SystemError) -> TLSSocket {
        let session = unsafe context.withLock { context in
            // Where no new key can be made, the old one serves on.
            if Clock.milliseconds - context.start >= ticketKeyLifetime,
                let renewed = Context(renewing: context)
            {
                context = renewed
            }
            // The session keeps the context alive.
            return unsafe SSL_new(context.handle)
        }
        guard let session = unsafe session, unsafe SSL_set_fd(session, socket.descriptor) == 1 else {
            unsafe SSL_free(session)
            throw SystemError("SSL_new", code: ENOMEM)
        }
        unsafe SSL_set_accept_state(session)
        return unsafe TLSSocket(socket, owning: session)
    }

    /// Owns OpenSSL's context, which is made for any thread once it has been set up.
    @safe
    private final class Context: @unchecked Sendable {
        let handle: OpaquePointer
        /// In `Clock.milliseconds`.
        let start = Clock.milliseconds

        /// The same certificate, with new keys for tickets. Nil where OpenSSL has no memory for it.
        convenience init?(renewing old: Context) {
            guard let handle = try? unsafe Self.makeHandle() else { return nil }
            unsafe self.init(owning: handle)
            guard unsafe copenssl_copy_certificate(old.handle, handle) == 1 else { return nil }
        }

        private init(owning handle: OpaquePointer) {
            unsafe self.handle = handle
        }

        private static func makeHandle() throws(Problem) -> OpaquePointer {
            ERR_clear_error()
            guard let handle = unsafe SSL_CTX_new(TLS_server_method()) else { throw setUpProblem() }
            guard
                unsafe copenssl_set_up(
                    handle, TLSConfiguration.ciphers, TLSConfiguration.groups,
                    TLSConfiguration.sessionLifetime) == 1
            else {
                unsafe SSL_CTX_free(handle)
                throw setUpProblem()
            }
            unsafe SSL_CTX_set_alpn_select_cb(handle, selectProtocol, nil)
            // OpenSSL would ask for a passphrase at the terminal: it gets an empty one.
            unsafe SSL_CTX_set_default_passwd_cb(handle) { _, _, _, _ in 0 }
            return unsafe handle
        }

        private static func setUpProblem() -> Problem {
            Problem(
                file: .certificate,
                description: "OpenSSL cannot be set up as wanted: \(TLSConfiguration.reason())")
        }

        convenience init(file: String, keyFile: String) throws(Problem) {
            let handle = unsafe try Self.makeHandle()
            unsafe self.init(owning: handle)
            try TLSConfiguration.expectReadable(file, .certificate)
            try TLSConfiguration.expectPrivate(keyFile)
            ERR_clear_error()
            guard unsafe SSL_CTX_use_certificate_chain_file(handle, file) == 1 else {
                throw Problem(
                    file: .certificate,
                    description: "\(file) holds no certificate in PEM: \(TLSConfiguration.reason())")
            }
            guard unsafe SSL_CTX_use_PrivateKey_file(handle, keyFile, SSL_FILETYPE_PEM) == 1,
                unsafe SSL_CTX_check_private_key(handle) == 1
            else {
                let reason = TLSConfiguration.reason()
                throw Problem(
                    file: .key,
                    description: reason.contains("mismatch")
                        ? "\(keyFile) is not the key of the certificate in \(file)"
                        : "\(keyFile) holds no key in PEM without a passphrase: \(reason)")
            }
        }

        deinit { unsafe SSL_CTX_free(handle) }
    }

    private static func expectReadable(_ path: String, _ file: Problem.File) throws(Problem) {
        guard unsafe access(path, R_OK) == 0 else {
            throw Problem(file: file, description: "cannot read \(SystemError("open", detail: path))")
        }
    }

    private static func expectPrivate(_ path: String) throws(Problem) {
        try expectReadable(path, .key)
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & 0o007 == 0 else {
            throw Problem(
                file: .key, description: "others can read \(path); make it private with: chmod 600 \(path)")
        }
    }

    /// What OpenSSL said last.
    private static func reason() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard let text = unsafe ERR_reason_error_string(code) else { return "unknown error" }
        return unsafe String(cString: text)
    }
}

/// Agrees on HTTP/1.1, or on nothing (RFC 7301 §3.2). OpenSSL lends the client's list, and reads the answer in it before
/// it lets go of that.
private func selectProtocol(
    _ session: OpaquePointer?, _ choice: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ length: UnsafeMutablePointer<UInt8>?, _ list: UnsafePointer<UInt8>?, _ count: UInt32,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let list = unsafe list, let choice = unsafe choice, let length = unsafe length else {
        return SSL_TLSEXT_ERR_NOACK
    }
    let names = unsafe UnsafeBufferPointer(start: list, count: Int(count))
    var start = 0
    while start < names.count {
        let end = unsafe start + 1 + Int(names[start])
        guard end <= names.count else { break }
        if unsafe names[(start + 1)..<end].elementsEqual("http/1.1".utf8) {
            unsafe choice.pointee = list + start + 1
            unsafe length.pointee = UInt8(end - start - 1)
            return SSL_TLSEXT_ERR_OK
        }
        start = end
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
