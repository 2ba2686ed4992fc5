import Templating

/// What the account page says above its content; see `LoginNotice`.
enum AccountNotice: String, Sendable {
    case passwordChanged = "password-changed"
    case sessionEnded = "session-ended"
    case othersEnded = "others-ended"
    case twoFactorOff = "two-factor-off"

    var notice: Notice {
        switch self {
        case .passwordChanged:
            Notice(text: Message("Your password is changed. All other devices are logged out."))
        case .sessionEnded: Notice(text: Message("That device is logged out."))
        case .othersEnded: Notice(text: Message("All other devices are logged out."))
        case .twoFactorOff:
            Notice(text: Message("Two-factor log-in is off. Your password alone logs you in."))
        }
    }
}
