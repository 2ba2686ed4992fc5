import Expenses
package import HTTP

/// What somebody typed who wants an account.
package struct RegistrationForm: Sendable {
    package var username: String
    package var email: String
    /// As typed, spaces included.
    package var password: String

    package init(_ fields: FormData) {
        username = AccountRules.trimmed(fields["username"] ?? "")
        email = AccountRules.trimmed(fields["email"] ?? "")
        password = fields["password"] ?? ""
    }

    /// What can be said without asking the database.
    package func problems() -> FormProblems {
        [
            "username": AccountRules.problem(withUsername: username),
            "email": AccountRules.problem(withEmail: email),
            "password": PasswordRules.problem(with: password, username: username, email: email)?.message,
        ]
    }
}
