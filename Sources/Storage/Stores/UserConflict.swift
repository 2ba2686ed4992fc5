/// A username or an email that another account has already.
package struct UserConflict: Error, Hashable {
    package var username: Bool
    package var email: Bool

    package init(username: Bool, email: Bool) {
        self.username = username
        self.email = email
    }
}
