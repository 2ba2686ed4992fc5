import Expenses
import SQL

/// What has numbers that count each user's own, from 1 on.
enum Numbered {
    case category
    case description
    case importedFile
    case token
}

extension Connection {
    /// A number that nothing of this kind has had. Throws `AppError.notFound` where there is no such user.
    func nextNumber(of kind: Numbered, for owner: User.ID) throws -> Int64 {
        // Two statements, as SQLite keeps what RETURNING gives in a table of its own. The first one holds the row.
        let number: Int64?
        switch kind {
        case .category:
            try run("UPDATE counters SET newest_category = newest_category + 1 WHERE owner = ?", .id(owner))
            number = try integer("SELECT newest_category FROM counters WHERE owner = ?", .id(owner))
        case .description:
            try run(
                "UPDATE counters SET newest_description = newest_description + 1 WHERE owner = ?", .id(owner))
            number = try integer("SELECT newest_description FROM counters WHERE owner = ?", .id(owner))
        case .importedFile:
            try run("UPDATE counters SET newest_import = newest_import + 1 WHERE owner = ?", .id(owner))
            number = try integer("SELECT newest_import FROM counters WHERE owner = ?", .id(owner))
        case .token:
            try run("UPDATE counters SET newest_token = newest_token + 1 WHERE owner = ?", .id(owner))
            number = try integer("SELECT newest_token FROM counters WHERE owner = ?", .id(owner))
        }
        guard let number else { throw AppError.notFound }
        return number
    }
}
