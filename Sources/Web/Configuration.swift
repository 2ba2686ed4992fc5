package import Crypto
package import HTTP
package import Platform

extension Application {
    /// What the application itself can be told, with its defaults.
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

        /// Seconds.
        package var accessTokenLifetime = 1800
        /// Seconds.
        package var refreshTokenLifetime = 259_200
        package var secureCookies = SecureCookies.auto
        package var cookieNames = CookieNames()
        /// Before every address, on a host that is shared.
        package var basePath = BasePath()
        /// Whether the server itself speaks https.
        package var isHTTPS = false
        /// Those whose Forwarded and X-Forwarded-* headers are believed.
        package var trustedProxies: [IPNetwork] = []
        /// The field by which they name who is logged in; nil: none is believed.
        package var identityHeader: String?
        /// Where such a user logs out: a path, or an address of http or https. Nil: nowhere but here.
        package var identityLogout: String?
        package var registration = Registration.open
        /// Begins the ids of requests, so that those of several copies of the program differ.
        package var requestIDPrefix = ""
        /// Whether requests are counted for `appendMetrics`.
        package var countsRequests = false
        /// No option: tests hash with a cheap cost.
        package var passwordCost = PasswordHash.Cost.standard
        /// No option: threads that hash passwords, and how many passwords may wait for them.
        package var passwordThreads = 2
        package var passwordQueue = 64
        /// No option: how many of these may be of one network, or of one user who is logged in. They take turns.
        package var passwordQueuePerSource = 16
        /// No option: where Debian's libjs-bootstrap5 puts its files.
        package var bootstrap = "/usr/share/javascript/bootstrap5"
        /// No option: where what is too long for memory lies, and how much there may be. Nil: beside the database file, or in
        /// /tmp.
        package var temporaryFolder: String?
        package var temporaryFiles = TemporaryFiles.Limits()

        package init() {}
    }
}
