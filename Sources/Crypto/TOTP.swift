/// The codes of an authenticator app (RFC 6238), with what all apps can: HMAC-SHA-1, six digits, 30 seconds.
package enum TOTP {
    /// As long as HMAC-SHA-1's output (RFC 4226 §4, R6).
    package static let secretSize = 20
    package static let digits = 6
    /// Seconds for which a code is shown.
    package static let stepLength: Int64 = 30

    /// The step whose code an app shows at this time, in Unix seconds.
    package static func step(at time: Int64) -> Int64 { time / stepLength }

    /// The code of a step, which RFC 4226 §5.3 calls a counter; with leading zeros. 6 to 8 digits.
    package static func code(of step: Int64, secret: [UInt8], digits: Int = digits) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let hash = HMACKey(secret, .sha1).code(of: counter.span)
        let offset = Int(hash[19] & 0xF)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let code = String(number % (0..<digits).reduce(1) { power, _ in power * 10 })
        return String(repeating: "0", count: digits - code.count) + code
    }

    /// The step whose code this is: that of `time`, the one before or the one after, for clocks differ and typing takes a
    /// while (RFC 6238 §5.2). Nil for a wrong code.
    package static func step(of code: String, secret: [UInt8], at time: Int64) -> Int64? {
        let now = step(at: time)
        return (now - 1...now + 1).first {
            constantTimeEqual(Array(self.code(of: $0, secret: secret).utf8), Array(code.utf8))
        }
    }
}
