import Expenses

/// What came of the wish for an account.
enum RegistrationResult: Sendable {
    case registered(User)
    case refused(RegistrationForm.Problems)
    /// Registration is closed.
    case closed
}
