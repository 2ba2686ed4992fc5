package import Crypto

/// Everything that can be set from outside, with its default.
package struct Configuration: Sendable {
    package enum SecureCookies: String, CaseIterable, Sendable {
        /// Secure where a trusted proxy says that the request came by https.
        case auto
        case always
        case never
    }

    package enum Registration: String, CaseIterable, Sendable {
        case open
        /// Only while there is no user yet.
        case first
        case closed
    }

    package enum LogLevel: String, CaseIterable, Comparable, Sendable {
        case error, warning, info, debug

        package static func < (left: LogLevel, right: LogLevel) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    package var host = "127.0.0.1"
    /// 0 picks a free one.
    package var port = 8080
    package var database = "expenses.sqlite"
    /// The folder that holds Templates/ and Public/; nil: found from where the executable lies.
    package var root: String?
    /// Nil means the database's name with `.secret` behind it.
    package var secretFile: String?
    package var previousSecretFile: String?
    /// Seconds.
    package var accessTokenLifetime = 1800
    /// Seconds.
    package var refreshTokenLifetime = 259_200
    package var secureCookies = SecureCookies.auto
    /// Addresses whose Forwarded and X-Forwarded-* headers are believed.
    package var trustedProxies: [String] = []
    /// Event loops; nil means one per core.
    package var threads: Int?
    package var registration = Registration.open
    package var logLevel = LogLevel.info
    /// No option: tests hash with a cheap cost.
    package var passwordCost = PasswordHash.Cost.standard
    /// No option: threads that hash passwords, and how many passwords may wait for them.
    package var passwordThreads = 2
    package var passwordQueue = 32
    /// No option: where Debian's libjs-bootstrap5 puts its files.
    package var bootstrap = "/usr/share/javascript/bootstrap5"

    package init() {}
}
