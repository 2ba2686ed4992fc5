/// What came of presenting a refresh token.
package enum Rotation: Hashable, Sendable {
    /// It was the current one; the next one is now.
    case rotated
    /// It was replaced a moment ago, as when two tabs refresh at once: the session stays as it is.
    case repeated(rotatedAt: Int64, expiresAt: Int64)
    /// It was replaced longer ago, or was never ours: the session has been revoked.
    case reused
    /// No such session, or one that has been revoked or has expired.
    case dead
}
