/// HMAC (RFC 2104) with SHA-256.
package enum HMAC {
    package static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        HMACKey(key).code(of: message.span)
    }
}
