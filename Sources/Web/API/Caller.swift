import Expenses

/// Who calls the API, and what with.
struct Caller: Sendable {
    enum Credential: Sendable {
        /// A session's access token, as a bearer token or in its cookie. Browsers send cookies unasked.
        case session(Session, isCookie: Bool)
        case personalToken(APIToken)
    }

    let user: User
    let credential: Credential
}
