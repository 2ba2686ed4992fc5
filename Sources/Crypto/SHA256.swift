import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    package static let size = 32

    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        let result = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, algorithm.handle, nil)
        // Fails for want of memory alone.
        precondition(result == 1, "EVP_Digest: \(lastOpenSSLError())")
        return digest
    }

    /// Looked up once: with `EVP_sha256()` OpenSSL would do so for each hash, which takes longer than a short one
    /// (openssl crypto(7), "Performance").
    private static let algorithm = Algorithm()

    /// What OpenSSL has fetched: any thread may use it, and nothing changes it.
    @safe
    private final class Algorithm: @unchecked Sendable {
        let handle: OpaquePointer

        init() {
            // Fails where OpenSSL is configured to be without SHA-256.
            guard let handle = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
                preconditionFailure("EVP_MD_fetch: \(lastOpenSSLError())")
            }
            unsafe self.handle = handle
        }

        deinit { unsafe EVP_MD_free(handle) }
    }
}
