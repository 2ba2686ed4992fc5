package import Expenses

/// A user with what a password is compared to.
package struct Credentials: Sendable {
    package let user: User
    package let passwordHash: String
}
