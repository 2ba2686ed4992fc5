/// What the account page says above its content; see `LoginNotice`.
enum AccountNotice: String, Sendable {
    case passwordChanged = "password-changed"
    case sessionEnded = "session-ended"
    case othersEnded = "others-ended"
    case twoFactorOff = "two-factor-off"

    var notice: Notice {
        switch self {
        case .passwordChanged:
            Notice(text: "Your password is changed. All other devices are logged out.")
        case .sessionEnded: Notice(text: "That device is logged out.")
        case .othersEnded: Notice(text: "All other devices are logged out.")
        case .twoFactorOff:
            Notice(text: "Two-factor log-in is off. Your password alone logs you in.")
        }
    }
}
