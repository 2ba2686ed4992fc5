import COpenSSL

/// What OpenSSL says about the failure that just happened; takes it off this thread's error queue.
func lastOpenSSLError() -> String {
    let code = ERR_get_error()
    guard code != 0, let reason = unsafe ERR_reason_error_string(code) else { return "no reason given" }
    return unsafe String(cString: reason)
}

/// Whether both are the same, in a time that depends on their lengths alone.
package func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}
