/// The expenses of an account that rows of a file may be.
package struct KnownExpenses: Sendable {
    private struct Place: Hashable {
        let key: DuplicateKey
        let isOriginal: Bool
        let isDeleted: Bool
    }

    /// Only what a row may be is kept.
    private let wanted: Set<DuplicateKey>
    private var numbers: [Place: [Expense.ID]] = [:]
    /// Those that a row has been found to be.
    private var taken: Set<Expense.ID> = []

    package init(like rows: [ImportRow] = []) {
        wanted = Set(rows.lazy.map(\.duplicateKey)).union(rows.lazy.map(\.originalKey))
    }

    /// One and the same expense may be added under what it is now and, as an original, under what a file said of it.
    package mutating func add(
        _ id: Expense.ID, _ key: DuplicateKey, isOriginal: Bool = false, isDeleted: Bool = false
    ) {
        guard wanted.contains(key) else { return }
        numbers[Place(key: key, isOriginal: isOriginal, isDeleted: isDeleted), default: []].append(id)
    }

    /// Takes an expense that the row may be: no other row can be that one. Returns false where there is none left.
    mutating func take(_ row: ImportRow, isOriginal: Bool, isDeleted: Bool) -> Bool {
        let place = Place(
            key: isOriginal ? row.originalKey : row.duplicateKey, isOriginal: isOriginal, isDeleted: isDeleted
        )
        while let id = numbers[place]?.popLast() {
            if taken.insert(id).inserted { return true }
        }
        return false
    }
}
