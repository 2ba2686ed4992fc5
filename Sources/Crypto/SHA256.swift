import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    package static let size = 32

    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        let result = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        // Fails for want of memory alone.
        precondition(result == 1, "EVP_Digest: \(lastOpenSSLError())")
        return digest
    }
}
