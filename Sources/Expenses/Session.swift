/// One log-in on one device, until it is revoked or its refresh token dies.
package struct Session: Hashable, Sendable {
    /// How many of a user's go on at a time; a further one ends the one that was not used for longest.
    package static let most = 100

    /// Random and unguessable; the `sid` of its tokens.
    package var id: String
    package var owner: User.ID
    /// Unix seconds, as all times here.
    package var createdAt: Int64
    package var lastUsedAt: Int64
    /// When the current refresh token dies.
    package var expiresAt: Int64
    /// What the browser called itself at log-in; may be empty; at most 300 characters.
    package var userAgent: String
    /// Where the log-in came from: an IP address as text.
    package var address: String
    /// Whether the log-in took a code beside the password.
    package var usedTwoFactor = false
    /// Whether a change of many rows of its user is under way: known of a session that has been found.
    package var hasLongWrites = false
    /// Whether its user has to be told of wrong codes: known of a session that has been found and took a code itself.
    package var hasWrongCodes = false

    package init(
        id: String, owner: User.ID, createdAt: Int64, lastUsedAt: Int64, expiresAt: Int64, userAgent: String,
        address: String
    ) {
        self.id = id
        self.owner = owner
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.expiresAt = expiresAt
        self.userAgent = userAgent
        self.address = address
    }
}
