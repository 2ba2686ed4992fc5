/// Why a session has ended before its time.
package enum Revocation: String, Sendable {
    /// Logged out, here or from another device, or by a new password.
    case ended
    /// An old refresh token was presented again, so that someone may have stolen it.
    case reuse
}
