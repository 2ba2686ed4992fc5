package import Expenses
import SQL

/// Accounts. Names and emails are unique, and found, by their `identityKey`.
package struct UserStore {
    let connection: Connection
    var limits: StepLimits?

    /// Adds a user with the categories that everybody starts with. Throws `UserConflict`.
    package func insert(
        username: String, email: String, passwordHash: String, preferences: Preferences = Preferences(),
        categoryNames: [String: String] = [:], at now: Int64
    ) throws -> User {
        let conflict = UserConflict(
            username: try connection.integer(
                "SELECT 1 FROM users WHERE username_key = ?", .text(identityKey(username))) != nil,
            email: try connection.integer(
                "SELECT 1 FROM users WHERE email_key = ?", .text(identityKey(email))) != nil)
        guard !conflict.username, !conflict.email else { throw conflict }
        let number = try connection.integer(
            """
            INSERT INTO users (
                username, username_key, email, email_key, password_hash, currency, number_format, zone,
                first_weekday, language, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            .text(username), .text(identityKey(username)), .text(email), .text(identityKey(email)),
            .text(passwordHash), .text(preferences.currency.code), .text(preferences.numberFormat.rawValue),
            .text(preferences.zone), .text(preferences.firstWeekday.rawValue), .text(preferences.language),
            .integer(now))
        guard let number else { throw StorageError.unreadable(column: "id") }
        let id = User.ID(number)
        try connection.run(
            "INSERT INTO counters (owner, newest_category, month_start) VALUES (?, ?, ?)", .id(id),
            .integer(UserStore.categoryBase(of: id)), .integer(preferences.months.start))
        let categories = CategoryStore(connection: connection)
        for category in Category.defaults {
            _ = try categories.insert(
                name: categoryNames[category.name] ?? category.name, color: category.color, owner: id)
        }
        return User(id: id, username: username, email: email, preferences: preferences)
    }

    /// After which number those of a user's categories begin: in another thousand than those of most others, so that a
    /// link to one of somebody else's leads nowhere rather than to one of their own.
    private static func categoryBase(of id: User.ID) -> Int64 {
        // The factor has no divisor in common with the range, so that the thousands recur after a thousand users.
        (id.rawValue - 1) % 1000 * 617 % 1000 * 1000
    }

    package func find(_ id: User.ID) throws -> User? { try credentials(of: id)?.user }

    /// The user with this email or this username; no username has an "@".
    package func find(login: String) throws -> Credentials? {
        try connection.statement(
            composed: "SELECT \(UserStore.withPassword) WHERE email_key = ?1 OR username_key = ?1",
            [.text(identityKey(login))]
        ).first { try $0.credentials() }
    }

    package func credentials(of id: User.ID) throws -> Credentials? {
        try connection.statement(
            composed: "SELECT \(UserStore.withPassword) WHERE users.id = ?", [.id(id)]
        ).first { try $0.credentials() }
    }

    /// What `Statement.credentials` reads, and where from.
    private static let withPassword = """
        id, username, email, currency, number_format, zone, first_weekday, language, repeating_due, month_start,
            password_hash, CASE WHEN EXISTS (SELECT 1 FROM two_factors WHERE owner = users.id) THEN 1 ELSE 0 END
        FROM users JOIN counters ON owner = users.id
        """

    /// Whether nobody has registered yet. Costs the same with any number of users.
    package func isEmpty() throws -> Bool {
        try connection.integer("SELECT EXISTS (SELECT 1 FROM users)") == 0
    }

    /// The same for a write that is to add the first one: until it ends, nobody else can register.
    package func lockAndCheckIsEmpty() throws -> Bool {
        try connection.lockUsers()
        return try isEmpty()
    }

    /// Throws `AppError.notFound`.
    package func update(passwordHash: String, of id: User.ID) throws {
        try connection.run("UPDATE users SET password_hash = ? WHERE id = ?", .text(passwordHash), .id(id))
        guard connection.changes == 1 else { throw AppError.notFound }
    }

    /// Replaces a hash by one of the same password, unless that has been changed in the meantime.
    package func replace(passwordHash former: String, by new: String, of id: User.ID) throws {
        try connection.run(
            "UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?", .text(new), .id(id),
            .text(former))
    }

    /// Other months are counted in steps, and hold once that is done: see `MonthSteps`. Throws `AppError.notFound`.
    package func update(_ preferences: Preferences, of id: User.ID) throws {
        try connection.run(
            """
            UPDATE users SET currency = ?, number_format = ?, zone = ?, first_weekday = ?, language = ?
            WHERE id = ?
            """,
            .text(preferences.currency.code), .text(preferences.numberFormat.rawValue),
            .text(preferences.zone), .text(preferences.firstWeekday.rawValue), .text(preferences.language),
            .id(id))
        guard connection.changes == 1 else { throw AppError.notFound }
        try MonthStore(connection: connection, limits: limits).change(to: preferences.months, of: id)
    }

    /// `zone`: a name of the time zone database. Throws `AppError.notFound`.
    package func update(zone: String, of id: User.ID) throws {
        try connection.run("UPDATE users SET zone = ? WHERE id = ?", .text(zone), .id(id))
        guard connection.changes == 1 else { throw AppError.notFound }
    }

    /// Begins to remove the user with everything of theirs. From now on nobody can log in as them, and their name and
    /// email are free. Throws `AppError.notFound`.
    package func remove(_ id: User.ID) throws {
        try connection.run("DELETE FROM sessions WHERE owner = ?", .id(id))
        try connection.run("DELETE FROM api_tokens WHERE owner = ?", .id(id))
        // No name and no email looks like this; the hash is one of no password.
        let placeholder = Value.text(" removed " + String(id.rawValue))
        try connection.run(
            """
            UPDATE users SET username = ?1, username_key = ?1, email = ?1, email_key = ?1, password_hash = '',
                repeating_due = NULL
            WHERE id = ?2
            """, placeholder, .id(id))
        guard connection.changes == 1 else { throw AppError.notFound }
        try LongWriteStore(connection: connection, limits: limits).begin(.removeUser, owner: id)
    }
}

extension Statement {
    /// The columns of `UserStore.withPassword`, from 0 on.
    fileprivate func credentials() throws -> Credentials {
        Credentials(user: try user(from: 0), passwordHash: try text(10), hasTwoFactor: try integer(11) == 1)
    }
}
