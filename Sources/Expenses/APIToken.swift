/// A personal token for scripts, without its secret.
package struct APIToken: Hashable, Sendable {
    package typealias ID = Identifier<APIToken>

    package var id: ID
    package var owner: User.ID
    /// What its owner calls it; at most `longestName` characters.
    package var name: String
    package var mayWrite: Bool
    /// Unix seconds, as all times here.
    package var createdAt: Int64
    /// To the hour; nil for one that was never used.
    package var lastUsedAt: Int64?

    package init(
        id: ID, owner: User.ID, name: String, mayWrite: Bool, createdAt: Int64, lastUsedAt: Int64?
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.mayWrite = mayWrite
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }

    /// In characters.
    package static let longestName = 50
    /// How many a user may have.
    package static let most = 50
}
