import Templating

/// What the log-in page says above its form. The code is what stands in the address, so that nobody can put
/// words of their own there.
enum LoginNotice: String, CaseIterable, Sendable {
    case registered
    case expired
    case ended
    case reused
    case codeExpired = "code-expired"
    case accountDeleted = "account-deleted"
    /// Right after a log-in: its cookies have not come back.
    case notKept = "not-kept"
    /// The same, where the reason is known: they are Secure, and the page came by http.
    case secureOnly = "secure-only"

    init(_ refusal: Sessions.Refusal) {
        switch refusal {
        case .absent, .expired: self = .expired
        case .ended: self = .ended
        case .reused: self = .reused
        }
    }

    var notice: Notice {
        switch self {
        case .registered: Notice(text: Message("Your account is ready. Log in to start."))
        case .expired: Notice(text: Message("Your session has ended. Please log in again."), kind: .info)
        case .ended:
            Notice(
                text: Message("This session was ended, here or from another device. Please log in again."),
                kind: .info
            )
        case .reused:
            Notice(
                text:
                    Message(
                        "We logged you out because an old sign-in token was reused; someone may have copied it. Log in, and change your password if this surprises you."
                    ), kind: .error)
        case .notKept:
            Notice(
                text: Message(
                    "Your browser did not keep the log-in. Allow cookies for this site. If you have used it by https before, open it by https again, or delete its cookies."
                ), kind: .error)
        case .secureOnly:
            Notice(
                text: Message(
                    "Your browser did not keep the log-in: its cookies are for https, and this page came by http. Open the https address. The person who runs this server can also start it with --secure-cookies auto."
                ), kind: .error)
        case .codeExpired:
            Notice(text: Message("That took more than five minutes. Please log in again."), kind: .info)
        case .accountDeleted: Notice(text: Message("Your account and everything in it is deleted. Goodbye!"))
        }
    }
}
