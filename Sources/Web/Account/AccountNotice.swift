import Templating

/// What the account page says above its content; see `LoginNotice`.
enum AccountNotice: String, Sendable {
    case passwordChanged = "password-changed"
    case sessionEnded = "session-ended"
    case othersEnded = "others-ended"

    var notice: Notice {
        switch self {
        case .passwordChanged:
            Notice(text: Message("Your password is changed. All other devices are logged out."))
        case .sessionEnded: Notice(text: Message("That device is logged out."))
        case .othersEnded: Notice(text: Message("All other devices are logged out."))
        }
    }
}
