/// What the log-in page says above its form. The code is what stands in the address, so that nobody can put
/// words of their own there.
enum LoginNotice: String, CaseIterable, Sendable {
    case registered
    case expired
    case ended
    case reused
    case codeExpired = "code-expired"
    case accountDeleted = "account-deleted"

    init(_ refusal: Sessions.Refusal) {
        switch refusal {
        case .absent, .expired: self = .expired
        case .ended: self = .ended
        case .reused: self = .reused
        }
    }

    var notice: Notice {
        switch self {
        case .registered: Notice(text: "Your account is ready. Log in to start.")
        case .expired: Notice(text: "Your session has ended. Please log in again.", kind: .info)
        case .ended:
            Notice(
                text: "This session was ended, here or from another device. Please log in again.", kind: .info
            )
        case .reused:
            Notice(
                text:
                    "We logged you out because an old sign-in token was reused; someone may have copied it. "
                    + "Log in, and change your password if this surprises you.", kind: .error)
        case .codeExpired:
            Notice(text: "That took more than five minutes. Please log in again.", kind: .info)
        case .accountDeleted: Notice(text: "Your account and everything in it is deleted. Goodbye!")
        }
    }
}
