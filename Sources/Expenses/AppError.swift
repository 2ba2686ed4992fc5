/// What a person can be told about a request that did not succeed.
package enum AppError: Error, Equatable {
    /// There is no such thing, or it belongs to someone else: no difference is shown.
    case notFound
    /// Nobody is logged in, or no longer.
    case signInRequired
    /// Too many failed attempts; another is accepted after `retryAfter` seconds.
    case tooManyAttempts(retryAfter: Int)
    /// Too much has come from the same network; another try is accepted after `retryAfter` seconds.
    case tooManyRequests(retryAfter: Int)
    /// More work is waiting than can be done soon; another try makes sense after `retryAfter` seconds.
    case busy(retryAfter: Int)
    /// The database does not answer; whether what was asked for is done is not known. Another try makes sense after
    /// `retryAfter` seconds.
    case unreachable(retryAfter: Int)
    /// The disk is full: nothing was stored, and nothing that was there is lost.
    case storageFull
    /// The user has as many expenses as one may have, those in the bin included.
    case quotaReached(most: Int)
    /// The user has as many of them as one may have.
    case tooMany(Limited)
    /// Expenses that repeat are still being recorded; another try makes sense after `retryAfter` seconds.
    case recording(retryAfter: Int)

    /// What an account may have only so many of: each has its `most`.
    package enum Limited: Sendable {
        case categories, rules, targets, repeating
    }
}
