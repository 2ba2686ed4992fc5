import COpenSSL

/// An OpenSSL context that holds a key. Used by one thread at a time: whoever took it from its `HMACKey`.
@safe
final class HMACContext: @unchecked Sendable {
    private let handle: OpaquePointer
    private let size: Int

    init(key: [UInt8], _ digest: HMACKey.Digest) {
        size = digest.size
        // These fail for want of memory, or where OpenSSL is configured to be without HMAC or the digest.
        guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            preconditionFailure("EVP_MAC_fetch: \(lastOpenSSLError())")
        }
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let handle = unsafe EVP_MAC_CTX_new(algorithm) else {
            preconditionFailure("EVP_MAC_CTX_new: \(lastOpenSSLError())")
        }
        unsafe self.handle = handle
        var digest = Array(digest.rawValue.utf8CString)
        // The parameter points at its name, so the name is a constant of the program.
        let name: StaticString = "digest"
        // A null key would mean "the key as before", so an empty one points at a byte.
        let bytes = key.isEmpty ? [0] : key
        let result = unsafe digest.withUnsafeMutableBufferPointer { digest in
            let name = unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_init(handle, bytes, key.count, parameters)
        }
        precondition(result == 1, "EVP_MAC_init: \(lastOpenSSLError())")
    }

    deinit {
        unsafe EVP_MAC_CTX_free(handle)
    }

    func code(of message: Span<UInt8>) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: size)
        var count = 0
        let started = unsafe EVP_MAC_init(handle, nil, 0, nil)
        precondition(started == 1, "EVP_MAC_init: \(lastOpenSSLError())")
        let updated = unsafe message.withUnsafeBufferPointer { message in
            unsafe EVP_MAC_update(handle, message.baseAddress, message.count)
        }
        precondition(updated == 1, "EVP_MAC_update: \(lastOpenSSLError())")
        let finished = unsafe EVP_MAC_final(handle, &code, &count, code.count)
        precondition(finished == 1 && count == code.count, "EVP_MAC_final: \(lastOpenSSLError())")
        return code
    }
}
