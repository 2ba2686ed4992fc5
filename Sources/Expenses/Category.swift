/// A kind of spending, one user's own.
package struct Category: Hashable, Sendable {
    package typealias ID = Identifier<Category>

    package var id: ID
    package var name: String
    package var color: CategoryColor

    package init(id: ID, name: String, color: CategoryColor) {
        self.id = id
        self.name = name
        self.color = color
    }

    /// What a new account starts with, in this order.
    package static let defaults: [(name: String, color: CategoryColor)] = [
        ("Groceries", .green), ("Leisure", .violet), ("Electronics", .blue), ("Utilities", .amber),
        ("Clothing", .pink), ("Health", .red), ("Others", .gray),
    ]

    /// An account may have that many; one that has more from earlier keeps them.
    package static let most = 200

    /// The longest name, in characters.
    package static let longestName = 50

    /// Whether a name is short enough. Its bytes are counted first: one character can be a megabyte of combining
    /// marks, and characters are slow to count.
    package static func isShort(_ name: String) -> Bool {
        name.utf8.count <= 4 * longestName && name.count <= longestName
    }
}

extension [Category] {
    package var names: [Category.ID: String] { Dictionary(uniqueKeysWithValues: map { ($0.id, $0.name) }) }
}
