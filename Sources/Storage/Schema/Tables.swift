import Expenses

/// All tables, in an order in which every row comes after those that it refers to.
///
/// The user leads every key, so that one user's rows lie together and know nothing of another's, and numbers count each
/// user's own. Times are Unix seconds, days numbers yyyymmdd, months numbers yyyymm, amounts minor units of the user's
/// currency.
enum Tables {
    static let all = [
        users, counters, sessions, formerRefreshHashes, twoFactors, recoveryCodes, categories, descriptions,
        expenses, deletedExpenses,
        forms, totals, apiTokens, idempotencyKeys, imports, importPieces, importRows,
        importOriginals, importLayouts, rules, targets, repeating, recordedExpenses, longWrites,
        loginThrottles, answeredForms, descriptionTags, bulkChanges, bulkExpenses,
        bulkTexts,
    ]

    static let users = Table(
        "users", "Names and emails are found, and unique, by their keys: without case, composed.",
        key: ["id"],
        indexes: [
            .init(
                name: "users_by_repeating_due", keys: ["repeating_due"],
                condition: "repeating_due IS NOT NULL")
        ], isInKeyOrder: false,
        columns: [
            .init(name: "id", kind: .number),
            .text("username"),
            .text("username_key", isUnique: true),
            .text("email"),
            .text("email_key", isUnique: true),
            .text("password_hash"),
            .text("currency", "ISO 4217."),
            .text("number_format"),
            .text("zone", "A name of the time zone database."),
            .text("first_weekday"),
            .integer("created_at"),
            .text("language", "RFC 5646; empty: as the browser asks.", initial: "''"),
            .integer("repeating_due", "The lowest `next_day` of `repeating`.").optional,
        ])

    static let counters = Table(
        "counters",
        "The newest number that each user's things have got so far: none is used twice. And what pages begin with.",
        key: ["owner"], isInKeyOrder: false, isBusy: true,
        columns: [
            .owner,
            .integer("newest_expense", initial: 0),
            .integer("newest_category", initial: 0),
            .integer("newest_description", initial: 0),
            .integer("newest_import", initial: 0),
            .integer("newest_token", initial: 0),
            .integer(
                "expenses",
                "How many there are, those in the bin and those that an import is to add included.",
                initial: 0,
                bounds: "expenses >= 0"),
            .integer("newest_key", "Of `idempotency_keys`.", initial: 0),
            .text("latest", "The descriptions used last: see `LatestDescriptions`.", initial: "''"),
            .integer("newest_rule", initial: 0),
            .integer("merging", "Merges of categories that are under way.", initial: 0),
            .integer(
                "adding", "1 inside a write that adds many expenses of a file, and their totals itself.",
                initial: 0),
            .integer("targets", "How many there are.", initial: 0),
            .integer("newest_repeating", initial: 0),
            .integer("newest_change", "Of `bulk_changes`.", initial: 0),
            .integer(
                "month_start", "On which day of the calendar's months the owner's begin.", initial: 1,
                bounds: "month_start BETWEEN 1 AND 28"),
            .integer(
                "counted_month_start", "The same of the totals that are being counted.", initial: 1,
                bounds: "counted_month_start BETWEEN 1 AND 28"),
            .integer(
                "counted_through", "The last day that they hold; 0 while none are being counted.", initial: 0),
        ])

    static let sessions = Table(
        "sessions", "A revoked one stays until it would have expired, so that its end can be explained.",
        key: ["id"],
        indexes: [
            .init(name: "sessions_by_owner", keys: ["owner"]),
            .init(name: "sessions_by_expiry", keys: ["expires_at"]),
        ],
        columns: [
            .text("id"),
            .owner,
            .integer("created_at"),
            .integer("last_used_at"),
            .integer("expires_at"),
            .text("user_agent"),
            .text("address"),
            .bytes("refresh_hash", "Of the newest refresh token."),
            .text("revoked_reason", bounds: "revoked_reason IN ('ended', 'reuse')").optional,
            .integer("used_two_factor", initial: 0, bounds: "used_two_factor IN (0, 1)"),
        ])

    static let formerRefreshHashes = Table(
        "former_refresh_hashes", "Refresh tokens that were replaced a moment ago.", key: ["session", "hash"],
        columns: [
            .init(name: "session", kind: .text, table: "sessions", goesWithIt: true),
            .bytes("hash"),
            .integer("rotated_at"),
        ])

    static let twoFactors = Table(
        "two_factors", "Users who log in with a code beside the password.", key: ["owner"],
        isInKeyOrder: false,
        columns: [
            .owner, .bytes("secret", "What the codes are computed from: see `TwoFactorStore`."),
            .integer("used_step", "The newest step, of 30 seconds, whose code has been used."),
            .integer("since"),
            .integer(
                "wrong_codes",
                "Typed with the right password by somebody who did not get in; seen ones do not count.",
                initial: 0),
            .integer("wrong_code_at", "The last of them.", initial: 0),
        ])

    static let recoveryCodes = Table(
        "recovery_codes",
        "Those not used yet, known by the SHA-256 of their text, which is random enough for that.",
        key: ["owner", "hash"], columns: [.owner, .bytes("hash")])

    static let categories = Table(
        "categories", "Names are found, and unique, by their keys: see `searchKey`.", key: ["owner", "id"],
        uniques: [.init(columns: ["owner", "name_key"])],
        columns: [.owner, .integer("id"), .text("name"), .text("name_key"), .text("color")])

    static let descriptions = Table(
        "descriptions", "What expenses are called: each text once, under the key by which it is found.",
        key: ["owner", "id"],
        uniques: [
            // A key may be longer than an entry of a server's index: there its hash is indexed.
            .init(columns: ["owner", "key"], engines: .files)
        ],
        indexes: [.init(name: "descriptions_by_key", keys: ["owner", "md5(key)"], engines: .servers)],
        columns: [
            .owner,
            .integer("id"),
            .text("key", "Without what a search does not tell apart: see `searchKey`."),
            .text("text", "As it was typed last."),
            .integer("category", "That of the newest expense with it."),
            .integer("uses", "How many live expenses have it.", bounds: "uses > 0"),
            .integer("newest", "The highest number of an expense that had it."),
        ])

    static let descriptionTags = Table(
        "description_tags", "Which descriptions have a tag.", key: ["owner", "tag", "description"],
        columns: [
            .owner, .text("tag", "By what it is compared: see `Tag`."),
            .integer("description", "The number of the description."),
        ])

    /// What a person says of an expense.
    static let said: [Table.Column] = [
        .integer("day"), .integer("amount"), .integer("category"), .text("description"),
    ]

    static let expenses = Table(
        "expenses", "In the order in which they are listed.", key: ["owner", "day", "id"],
        uniques: [.init(columns: ["owner", "id"])],
        references: [
            .init(columns: ["owner", "category"], table: "categories", key: ["owner", "id"])
        ],
        indexes: [
            // Holds all that a search adds up.
            .init(
                name: "expenses_by_description",
                keys: ["owner", "description_id", "day", "category", "amount"])
        ],
        columns: [
            .owner,
            .integer(
                "day",
                bounds: "day BETWEEN 19000101 AND 29991231 AND day / 100 % 100 BETWEEN 1 AND 12 "
                    + "AND day % 100 BETWEEN 1 AND 31"),
            .integer("id"),
            .integer(
                "amount", bounds: "amount <> 0 AND amount BETWEEN -999999999990 AND 999999999990"),
            .integer("category"),
            .text("description"),
            .integer("created_at"),
            .integer("updated_at"),
            .integer("description_id", "0 where there is no description.", initial: 0),
        ])

    static let deletedExpenses = Table(
        "deleted_expenses", "The bin.", key: ["owner", "id"],
        references: [
            .init(columns: ["owner", "category"], table: "categories", key: ["owner", "id"])
        ],
        indexes: [
            .init(name: "deleted_expenses_by_time", keys: ["deleted_at"]),
            .init(name: "deleted_expenses_by_owner", keys: ["owner", "deleted_at", "id"]),
        ],
        columns: [.owner, .integer("id")] + said + [
            .integer("created_at"), .integer("updated_at"), .integer("deleted_at"),
        ])

    static let forms = Table(
        "forms", "One-time ids of forms that have added an expense.", key: ["owner", "form"],
        columns: [
            .owner, .text("form", bounds: "length(form) <= \(FormStore.longest)"), .integer("expense"),
            .integer("used_at"),
            .bytes("fingerprint", "A hash of what the form said.").optional,
        ])

    static let totals = Table(
        "totals",
        "Counts and sums of live expenses, kept by triggers. Those of the owner's `month_start` are shown; those of another "
            + "one are being counted, or are to go.",
        key: ["owner", "month_start", "span", "period", "category"],
        columns: [
            .owner,
            .integer("month_start", "On which day of the calendar's months its months begin."),
            .integer("span", "See `Totals.Span`."),
            .integer("period", "A day, a month, or 0 for all time."),
            .integer("category", "0 for all."),
            .integer("count", bounds: "count >= 0"),
            .integer("sum"),
        ])

    static let apiTokens = Table(
        "api_tokens",
        "Personal tokens, known by the SHA-256 of their text, which is random enough for that.",
        key: ["owner", "id"],
        columns: [
            .owner, .integer("id"), .bytes("hash", isUnique: true), .text("name"),
            .integer("may_write", bounds: "may_write IN (0, 1)"), .integer("created_at"),
            .integer("last_used_at").optional,
        ])

    static let idempotencyKeys = Table(
        "idempotency_keys", "Answers to requests with an Idempotency-Key, for those that come again.",
        key: ["owner", "key"],
        indexes: [
            .init(name: "idempotency_keys_by_time", keys: ["used_at"]),
            .init(name: "idempotency_keys_by_owner", keys: ["owner", "used_at"]),
        ],
        columns: [
            .owner, .text("key"), .bytes("request_hash"), .text("location"), .bytes("body"),
            .integer("used_at"), .integer("number", "They count: the newest is `newest_key`."),
        ])

    static let imports = Table(
        "imports",
        "A file that was uploaded, and what became of it. Its bytes go when it is added or after a day.",
        key: ["owner", "id"],
        indexes: [
            // With what the sum of all files that wait is made of.
            .init(name: "imports_by_time", keys: ["uploaded_at", "size"], condition: "first IS NULL")
        ],
        columns: [
            .owner,
            .integer("id"),
            .integer("uploaded_at", "0 where it has made room for another one: nobody finds it any more."),
            .integer("size", "In bytes; 0 while it is being uploaded and when the bytes are gone."),
            .integer(
                "first", "The number of its first expense, once they are being added: they follow each other."
            ).optional,
            .integer("count").optional,
            .integer("staged", "How many rows wait in `import_rows`.", initial: 0),
            .integer("staged_sum", "The sum of their amounts.", initial: 0),
            .text("failure", "Why it was taken back by itself, the last time.").optional,
        ])

    private static let anImport = Table.Reference(
        columns: ["owner", "import"], table: "imports", key: ["owner", "id"], goesWithIt: true)

    static let importPieces = Table(
        "import_pieces", "The bytes of a file, a megabyte in a row.", key: ["owner", "import", "number"],
        references: [anImport], isInKeyOrder: false, batch: 8,
        columns: [.integer("owner"), .integer("import"), .integer("number"), .bytes("bytes")])

    static let importRows = Table(
        "import_rows", "Rows on their way into `expenses`, or, with a time of deletion, into the bin.",
        key: ["owner", "import", "id"], references: [anImport],
        columns: [.integer("owner"), .integer("import"), .integer("id")] + said + [
            .integer("deleted_at").optional,
            .text("original", "The description as the file says it.").optional,
        ])

    static let importOriginals = Table(
        "import_originals",
        "What a file said of an expense that came from it, so that it is known again after it was changed. Goes when the "
            + "expense goes for good.",
        key: ["owner", "id"],
        columns: [.owner, .integer("id"), .integer("day"), .integer("amount"), .text("text")])

    static let importLayouts = Table(
        "import_layouts", "How files with these headings are read, where somebody has put that right.",
        key: ["owner", "heading"], isInKeyOrder: false,
        columns: [
            .owner, .text("heading", "The names of the columns."),
            .text("choices", "What was chosen, as the fields of a form."), .integer("used_at"),
        ])

    static let rules = Table(
        "rules", "What is done with a description that contains a text: the first that fits.",
        key: ["owner", "id"],
        columns: [
            .owner, .integer("id"), .integer("position", "They are tried in this order."), .text("text"),
            .integer("category", "One that has gone counts as none.").optional, .text("new_description"),
            .text("tag"), .integer("leaves_out", bounds: "leaves_out IN (0, 1)"),
        ])

    static let targets = Table(
        "targets",
        "What is meant to be spent in a month, from a month on until the next row of the category.",
        key: ["owner", "category", "month"],
        columns: [
            .owner, .integer("category", "0 for all."), .integer("month"),
            .integer("amount", "0 where there is none from this month on.", bounds: "amount >= 0"),
        ])

    static let bulkChanges = Table(
        "bulk_changes", "What was done with many expenses at once, while it can be taken back.",
        key: ["owner", "number"],
        indexes: [.init(name: "bulk_changes_by_end", keys: ["ends_at"])],
        columns: [
            .owner, .integer("number"),
            .text("action", bounds: "action IN ('move', 'tag', 'untag', 'rename', 'delete')"),
            .integer("category", "Where expenses are moved to; 0 otherwise."),
            .text("tag"), .text("new_tag", "What the tag is called now."), .integer("made_at"),
            .integer("ends_at", "When it goes. One that another has followed goes at once."),
            .integer("is_begun", "0 while its expenses are being listed.", bounds: "is_begun IN (0, 1)"),
            .integer("count", "Expenses that were chosen."),
            .integer("changed", "Those that have been changed so far."),
            .integer("left_out", "Those whose descriptions would have been too long."),
        ])

    static let bulkExpenses = Table(
        "bulk_expenses", "The expenses of a bulk change.", key: ["owner", "change", "id"],
        columns: [
            .owner, .integer("change"), .integer("id"),
            .integer("category", "The one before; nothing where the expense has not been changed yet.")
                .optional,
            .text("description", "The one before; nothing where it stays.").optional,
        ])

    static let bulkTexts = Table(
        "bulk_texts", "What rules and repeating expenses were before a bulk change of a tag.",
        key: ["owner", "change", "place", "id"],
        columns: [
            .owner, .integer("change"),
            .text(
                "place", bounds: "place IN (\(TaggedTexts.Place.allCases.map { "'\($0.rawValue)'" }.list))"),
            .integer("id"), .text("text"),
        ])

    static let repeating = Table(
        "repeating", "Expenses that come again. `Repetition` tells on which days.",
        key: ["owner", "id", "former"],
        references: [
            .init(columns: ["owner", "category"], table: "categories", key: ["owner", "id"])
        ],
        indexes: [
            .init(
                name: "repeating_by_deletion", keys: ["deleted_at"], condition: "deleted_at IS NOT NULL")
        ],
        columns: [
            .owner,
            .integer("id"),
            .integer(
                "former", "0; 1 for what it was before its owner changed it the last time.",
                bounds: "former IN (0, 1)"),
            .integer("amount"), .integer("category"), .text("description"),
            .integer("first_day"),
            .integer("every", bounds: "every BETWEEN 1 AND 99"),
            .text(
                "unit", bounds: "unit IN (\(Repetition.Unit.allCases.map { "'\($0.rawValue)'" }.list))"),
            .integer("until", "The last day that may be one.").optional,
            .integer("next_number", "Of the day that is recorded next, from 0."),
            .integer("next_day", "That day. Nothing where none is to come, while it is paused or deleted.")
                .optional,
            .integer("paused", bounds: "paused IN (0, 1)"),
            .integer("recorded_through", "The newest day that was recorded.").optional,
            .integer("recorded", "How many were recorded."),
            .integer("changes", "How often its owner has changed it."),
            .integer("created_at"), .integer("updated_at"), .integer("deleted_at").optional,
        ])

    static let recordedExpenses = Table(
        "recorded_expenses",
        "Which of `repeating` an expense came from, and for which day. Goes when the expense goes for good.",
        key: ["owner", "id"],
        indexes: [.init(name: "recorded_expenses_by_rule", keys: ["owner", "rule", "id"])],
        columns: [.owner, .integer("id"), .integer("rule"), .integer("due")])

    static let longWrites = Table(
        "long_writes",
        "What is done a little at a time, and goes on where it stopped when the program starts again.",
        key: ["owner", "kind", "subject"],
        columns: [
            .owner,
            .text("kind", bounds: "kind IN (\(LongWrite.Kind.allCases.map { "'\($0.rawValue)'" }.list))"),
            .integer(
                "subject",
                "The import, the category, the bulk change or the day on which months begin; 0 for what there is one of."
            ),
            .integer(
                "target",
                "The category that takes the expenses, or the last day that is recorded; 0 otherwise."),
            .integer("phase", "How far it has come.", initial: 0),
            .integer("first", initial: 0),
            .integer("second", initial: 0),
            .integer(
                "failures", "Steps that failed for what they found, and not for want of room.", initial: 0),
            .text("failure", "Why the last step failed; nothing after one that did not.").optional,
        ])

    static let loginThrottles = Table(
        "login_throttles", "See `LoginThrottleStore`.", key: ["place"], isBusy: true, engines: .servers,
        columns: [
            .integer("place"), .bytes("key"), .integer("count"), .integer("last"), .integer("paused_until"),
        ])

    static let answeredForms = Table(
        "answered_forms", "See `AnsweredFormStore`.", key: ["owner", "form"],
        indexes: [.init(name: "answered_forms_by_time", keys: ["answered_at"])], engines: .servers,
        columns: [
            .init(name: "owner", kind: .integer, table: "users", goesWithIt: true),
            .bytes("form"), .text("location"), .integer("answered_at"),
        ])
}
