import Expenses

/// What came of the wish for an account.
enum RegistrationResult: Sendable {
    case registered(User)
    case refused(RegistrationForm.Problems)
    /// Nobody new may register.
    case closed
}
