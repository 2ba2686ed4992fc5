/// A person with an account.
package struct User: Hashable, Sendable {
    package typealias ID = Identifier<User>

    package var id: ID
    package var username: String
    package var email: String
    package var preferences: Preferences
    /// The first day on which an expense that repeats is to be recorded; nil where there is none.
    package var repeatingDue: Day?

    package init(id: ID, username: String, email: String, preferences: Preferences, repeatingDue: Day? = nil)
    {
        self.id = id
        self.username = username
        self.email = email
        self.preferences = preferences
        self.repeatingDue = repeatingDue
    }
}
