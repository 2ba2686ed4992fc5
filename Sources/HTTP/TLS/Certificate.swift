import COpenSSL
import Glibc
import Platform
import Synchronization

/// The certificate that the server shows, with its key and the rules by which it speaks TLS 1.2 and 1.3.
package final class Certificate: Sendable {
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

    private let file: String
    private let keyFile: String
    private let context: Mutex<Context>

    /// `file` holds the certificate and those that vouch for it, `keyFile` its key without a passphrase; both in PEM.
    package init(file: String, keyFile: String) throws(Problem) {
        self.file = file
        self.keyFile = keyFile
        context = Mutex(try Context(file: file, keyFile: keyFile))
    }

    /// Reads both files again. Connections that are there go on with what they have; when this throws, so do new ones.
    package func reload() throws(Problem) {
        let new = try Context(file: file, keyFile: keyFile)
        context.withLock { $0 = new }
    }

    /// A session with the client behind a connected socket, which has to stay open as long as the session.
    func session(on socket: Int32) throws(SystemError) -> TLSSession {
        let session = unsafe context.withLock { context in
            // The session keeps the context alive.
            unsafe SSL_new(context.handle)
        }
        guard let session = unsafe session, unsafe SSL_set_fd(session, socket) == 1 else {
            unsafe SSL_free(session)
            throw SystemError("SSL_new", code: ENOMEM)
        }
        unsafe SSL_set_accept_state(session)
        return unsafe TLSSession(owning: session)
    }

    /// Owns OpenSSL's context, which is made for any thread once it has been set up.
    @safe
    private final class Context: @unchecked Sendable {
        let handle: OpaquePointer

        init(file: String, keyFile: String) throws(Problem) {
            guard let handle = unsafe SSL_CTX_new(TLS_server_method()) else {
                throw Problem(file: .certificate, description: Certificate.reason())
            }
            unsafe self.handle = handle
            unsafe copenssl_set_minimum_version(handle, TLS1_2_VERSION)
            unsafe SSL_CTX_set_options(handle, copenssl_options)
            unsafe copenssl_set_mode(
                handle,
                Int(
                    SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                        | SSL_MODE_RELEASE_BUFFERS))
            unsafe copenssl_set_read_ahead(handle)
            unsafe SSL_CTX_set_cipher_list(handle, Certificate.ciphers)
            unsafe copenssl_set_groups(handle, Certificate.groups)
            // The client keeps its session, encrypted, so that clients cost no memory while they are away.
            unsafe copenssl_set_session_cache_mode(handle, Int(SSL_SESS_CACHE_OFF))
            unsafe SSL_CTX_set_num_tickets(handle, 1)
            unsafe SSL_CTX_set_timeout(handle, Certificate.sessionLifetime)
            unsafe SSL_CTX_set_alpn_select_cb(handle, selectProtocol, nil)
            // OpenSSL would ask for a passphrase at the terminal: it gets an empty one.
            unsafe SSL_CTX_set_default_passwd_cb(handle) { _, _, _, _ in 0 }
            try Certificate.expectReadable(file, .certificate)
            try Certificate.expectPrivate(keyFile)
            ERR_clear_error()
            guard unsafe SSL_CTX_use_certificate_chain_file(handle, file) == 1 else {
                throw Problem(
                    file: .certificate,
                    description: "\(file) holds no certificate in PEM: \(Certificate.reason())")
            }
            guard unsafe SSL_CTX_use_PrivateKey_file(handle, keyFile, SSL_FILETYPE_PEM) == 1,
                unsafe SSL_CTX_check_private_key(handle) == 1
            else {
                let reason = Certificate.reason()
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
