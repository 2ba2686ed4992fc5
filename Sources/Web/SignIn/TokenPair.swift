/// The two tokens that a log-in or a refresh hands out.
package struct TokenPair: Sendable, Equatable {
    package let access: String
    package let refresh: String

    package init(access: String, refresh: String) {
        self.access = access
        self.refresh = refresh
    }
}
