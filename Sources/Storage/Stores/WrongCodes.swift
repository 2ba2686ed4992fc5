/// Codes of two-factor log-in that were wrong after a password that was right.
package struct WrongCodes: Hashable, Sendable {
    package var count = 0
    /// Unix seconds; makes sense where there are any.
    package var last: Int64 = 0

    package init(count: Int = 0, last: Int64 = 0) {
        self.count = count
        self.last = last
    }
}
