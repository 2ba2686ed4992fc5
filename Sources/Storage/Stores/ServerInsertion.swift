#if PostgreSQL
    import Expenses
    import SQL

    /// Adds an expense by one statement, as a server makes it: what `ExpenseStore.insert` does step by step for SQLite, where a
    /// statement costs next to nothing. The owner's row of counters is held before it.
    struct ServerInsertion {
        let connection: Connection
        let userQuota: Int

        /// Whether the statement knows what to do with the description. Of those that are not suggested, the list of the latest
        /// may have to be read from the table again.
        static func canAdd(_ draft: ExpenseDraft) -> Bool { LatestDescriptions.suggests(draft.description) }

        /// `endsWrite`: nothing follows in this write, so that the server commits at once.
        func insert(
            _ draft: ExpenseDraft, owner: User.ID, form: String?, fingerprint: [UInt8]?, at now: Int64,
            endsWrite: Bool
        ) throws -> Insertion<Expense> {
            let statement = try connection.statement(
                composed: ServerInsertion.sql,
                [
                    .id(owner), .text(form), fingerprint.map { .blob($0) } ?? .null, .integer(now),
                    .text(draft.description), .text(searchKey(draft.description)), .id(draft.category),
                    .integer(userQuota), .integer(now - FormStore.lifetime), .day(draft.day),
                    .amount(draft.amount), .text(Tag.keys(in: draft.description).joined(separator: " ")),
                ])
            try expectingCategory {
                if endsWrite { try connection.commit(with: statement) } else { try statement.run() }
            }
            guard try statement.step() else { throw AppError.notFound }
            if !statement.isNull(0) { return .inserted(try statement.id(0)) }
            guard !statement.isNull(1) else { throw AppError.quotaReached(most: userQuota) }
            let earlier: Expense.ID = try statement.id(1)
            let isSame = try fingerprint == nil || statement.isNull(2) || statement.blob(2) == fingerprint
            return isSame ? .repeated(earlier) : .formUsed(by: earlier)
        }

        /// `former` is empty where there is no such user, and `expense` where nothing is to be added. The newest expense comes
        /// first in the list of the latest descriptions.
        private static let sql = """
            WITH former AS (
                SELECT newest_expense, newest_description, expenses, latest FROM counters WHERE owner = ?1
            ), used AS (
                SELECT expense, fingerprint FROM forms
                WHERE owner = ?1 AND form = CAST(?2 AS text) AND used_at >= ?9
            ), known AS (
                SELECT id FROM descriptions WHERE owner = ?1 AND md5(key) = md5(?6) AND key = ?6 AND ?6 <> ''
            ), taking AS (
                SELECT coalesce((
                    SELECT target FROM long_writes WHERE owner = ?1 AND kind = 'merge category' AND subject = ?7), ?7) AS id
            ), expense AS (
                SELECT newest_expense + 1 AS id,
                    CASE WHEN ?6 = '' THEN 0 ELSE coalesce((SELECT id FROM known), newest_description + 1) END AS number
                FROM former WHERE expenses < ?8 AND NOT EXISTS (SELECT FROM used)
            ), claimed AS (
                INSERT INTO forms (owner, form, expense, used_at, fingerprint)
                SELECT ?1, CAST(?2 AS text), id, ?4, CAST(?3 AS bytea) FROM expense WHERE CAST(?2 AS text) IS NOT NULL
                ON CONFLICT (owner, form) DO UPDATE SET
                    expense = excluded.expense, used_at = excluded.used_at, fingerprint = excluded.fingerprint
            ), renewed AS (
                UPDATE descriptions SET uses = uses + 1, text = ?5, category = taking.id, newest = expense.id
                FROM expense, known, taking WHERE owner = ?1 AND descriptions.id = known.id
            ), described AS (
                INSERT INTO descriptions (owner, id, key, text, category, uses, newest)
                SELECT ?1, number, ?6, ?5, taking.id, 1, expense.id FROM expense, taking
                WHERE number <> 0 AND NOT EXISTS (SELECT FROM known)
            ), tagged AS (
                INSERT INTO description_tags (owner, tag, description)
                SELECT ?1, tag, number FROM expense, unnest(string_to_array(CAST(?12 AS text), ' ')) AS tag
                WHERE NOT EXISTS (SELECT FROM known)
            ), entered AS (
                INSERT INTO expenses (owner, id, description_id, created_at, updated_at, day, amount, category, description)
                SELECT ?1, expense.id, number, ?4, ?4, ?10, ?11, taking.id, ?5 FROM expense, taking
            ), counted AS (
                UPDATE counters SET newest_expense = expense.id, expenses = counters.expenses + 1,
                    newest_description = greatest(counters.newest_description, number),
                    latest = CASE WHEN number = 0 THEN counters.latest ELSE
                        concat(number, ' ', expense.id, ' ', ?5, chr(30) || (
                            SELECT string_agg(part, chr(30) ORDER BY place) FROM (
                                SELECT part, place FROM unnest(string_to_array(counters.latest, chr(30)))
                                    WITH ORDINALITY AS parts (part, place)
                                WHERE split_part(part, ' ', 1) <> CAST(number AS text)
                                ORDER BY place LIMIT \(LatestDescriptions.most - 1)) AS kept)) END
                FROM expense WHERE counters.owner = ?1
            )
            SELECT (SELECT id FROM expense), (SELECT expense FROM used), (SELECT fingerprint FROM used) FROM former
            """
    }
#endif
