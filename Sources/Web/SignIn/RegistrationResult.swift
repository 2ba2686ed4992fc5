import Expenses

/// What came of the wish for an account.
enum RegistrationResult: Sendable {
    case registered(User)
    case refused(FormProblems)
    /// Registration is closed.
    case closed
}
