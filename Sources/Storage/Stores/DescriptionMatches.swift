import Expenses
import SQL

/// The descriptions of one user that contain a text, by their numbers.
struct DescriptionMatches {
    var numbers: [Int64] = []
    let dialect: Dialect

    /// What follows a column that has to be one of them; `list` is bound to it.
    var condition: String { dialect.isInList }
    var list: Value { dialect.list(numbers) }
}
