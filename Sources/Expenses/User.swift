/// A person with an account.
package struct User: Hashable, Sendable {
    package typealias ID = Identifier<User>

    package var id: ID
    package var username: String
    package var email: String
    package var preferences: Preferences

    package init(id: ID, username: String, email: String, preferences: Preferences) {
        self.id = id
        self.username = username
        self.email = email
        self.preferences = preferences
    }
}
