/// How a user's second factor is checked.
package struct TwoFactor: Sendable {
    /// What the codes of the authenticator app are made of.
    package let secret: [UInt8]
    /// Unix seconds.
    package let since: Int64
    /// How many are left.
    package let recoveryCodes: Int
}
