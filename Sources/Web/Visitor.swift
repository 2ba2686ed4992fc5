import Crypto
import Expenses

/// Who sent a request. Indirect, so that a `Visit` stays small: it is held in every frame it passes through.
indirect enum Visitor: Sendable {
    case nobody
    case user(User, Session)
    /// The access token has expired, and nothing else is wrong with it: its session is alive.
    case expired(User, Session)
    /// The access token names a session that was ended, or whose refresh token has died too.
    case ended(Claims)
}
