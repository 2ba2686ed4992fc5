/// A row of a file that can be added as an expense.
package struct ImportRow: Hashable, Sendable {
    /// Where it stands in the file, from 1.
    package var line: Int
    package var day: Day
    package var amount: Money
    /// The name of its category; empty where the file has none.
    package var category: String
    package var description: String

    /// What makes two rows likely doubles.
    package var likeness: Likeness {
        Likeness(day: day, amount: amount, description: identityKey(description))
    }

    package struct Likeness: Hashable, Sendable {
        let day: Day
        let amount: Money
        let description: String
    }
}
