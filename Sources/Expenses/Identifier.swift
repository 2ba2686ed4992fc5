/// The number under which the database knows a `Subject`; the compiler keeps users, expenses and categories apart.
package struct Identifier<Subject>: Hashable, Sendable {
    package let rawValue: Int64

    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Reads the decimal form used in addresses and tokens: digits only, no leading zero. Anything else is nil.
    package init?(_ text: some StringProtocol) {
        guard let value = Int64(text), value > 0, String(value) == text else { return nil }
        rawValue = value
    }
}

extension Identifier: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
