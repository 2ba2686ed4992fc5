package import HTTP

/// What somebody typed to log in.
package struct LoginForm: Sendable {
    /// An email address or a username.
    package var login: String
    package var password: String
    /// Where to go afterwards, as the form or else its address says: a path on this site, or nil.
    package var next: String?
    /// A sealed pending form that waits for this log-in; empty without one.
    package var pending: String

    package init(_ fields: FormData, query: FormData) {
        login = AccountRules.trimmed(fields["email"] ?? "")
        password = fields["password"] ?? ""
        next = (fields["next"] ?? query["next"]).flatMap(LocalPath.check)
        pending = fields["pending"] ?? ""
    }
}
