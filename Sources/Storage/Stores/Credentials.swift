package import Expenses

/// A user with what a password is compared to.
package struct Credentials: Sendable {
    package let user: User
    package var passwordHash: String
    /// Whether a code is asked for beside the password.
    package let hasTwoFactor: Bool
}
