package import SQLite

/// The tables, as scripts that lead from one version of the schema to the next. Earlier ones never change.
///
/// The user leads every key, so that one user's rows lie together and know nothing of another's.
/// Times are Unix seconds, days numbers yyyymmdd, months numbers yyyymm, amounts minor units of the user's currency.
package enum Schema {
    /// "ExpT" in ASCII.
    package static let migrator = Migrator(
        applicationID: 0x4578_7054,
        scripts: [
            version1, version2, usage, APISchema.script, ImportSchema.script, OwnerKeysSchema.script,
            SearchSchema.script, suggestions,
        ])

    private static let version1 = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT NOT NULL,
            username_key TEXT NOT NULL UNIQUE,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL,
            currency TEXT NOT NULL,
            number_format TEXT NOT NULL,
            zone TEXT NOT NULL,
            first_weekday TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        -- A revoked session stays until it would have expired, so that its end can be explained.
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES users (id),
            created_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            user_agent TEXT NOT NULL,
            address TEXT NOT NULL,
            refresh_hash BLOB NOT NULL,
            revoked_reason TEXT CHECK (revoked_reason IN ('ended', 'reuse'))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_by_owner ON sessions (owner);
        CREATE INDEX sessions_by_expiry ON sessions (expires_at);

        -- Refresh tokens that were replaced a moment ago.
        CREATE TABLE former_refresh_hashes (
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            hash BLOB NOT NULL,
            rotated_at INTEGER NOT NULL,
            PRIMARY KEY (session, hash)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE categories (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            owner INTEGER NOT NULL REFERENCES users (id),
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            color TEXT NOT NULL,
            UNIQUE (owner, name_key),
            UNIQUE (owner, id)
        ) STRICT;

        -- The number of the newest expense there has ever been: numbers are not used twice, as links and the bin name them.
        CREATE TABLE expense_numbers (
            newest INTEGER NOT NULL
        ) STRICT;
        INSERT INTO expense_numbers VALUES (0);

        -- Stored in the order in which it is listed.
        CREATE TABLE expenses (
            owner INTEGER NOT NULL REFERENCES users (id),
            day INTEGER NOT NULL CHECK (
                day BETWEEN 19000101 AND 29991231 AND day / 100 % 100 BETWEEN 1 AND 12 AND day % 100 BETWEEN 1 AND 31),
            id INTEGER NOT NULL,
            amount INTEGER NOT NULL CHECK (amount <> 0 AND amount BETWEEN -999999999990 AND 999999999990),
            category INTEGER NOT NULL,
            description TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (owner, day, id),
            UNIQUE (owner, id),
            FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE deleted_expenses (
            owner INTEGER NOT NULL REFERENCES users (id),
            id INTEGER NOT NULL,
            day INTEGER NOT NULL,
            amount INTEGER NOT NULL,
            category INTEGER NOT NULL,
            description TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            deleted_at INTEGER NOT NULL,
            PRIMARY KEY (owner, id),
            FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deleted_expenses_by_time ON deleted_expenses (deleted_at);

        -- One-time ids of forms that have added an expense.
        CREATE TABLE forms (
            owner INTEGER NOT NULL REFERENCES users (id),
            form TEXT NOT NULL,
            expense INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            PRIMARY KEY (owner, form)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX forms_by_time ON forms (used_at);

        -- What expenses are called, for suggestions: as typed last, how many expenses have it, and the newest of them.
        CREATE TABLE descriptions (
            owner INTEGER NOT NULL REFERENCES users (id),
            key TEXT NOT NULL,
            text TEXT NOT NULL,
            category INTEGER NOT NULL,
            uses INTEGER NOT NULL CHECK (uses > 0),
            newest INTEGER NOT NULL,
            PRIMARY KEY (owner, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX descriptions_by_use ON descriptions (owner, newest);

        CREATE TABLE monthly_totals (
            owner INTEGER NOT NULL REFERENCES users (id),
            month INTEGER NOT NULL,
            category INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum INTEGER NOT NULL,
            PRIMARY KEY (owner, month, category)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses BEGIN
            INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
        END;

        CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
            DELETE FROM monthly_totals
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
            UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
        END;

        CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
            INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            DELETE FROM monthly_totals
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
            UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
        END;
        """

    /// Totals by month and by category beside those by both, numbers of expenses that count each user's own, what a form
    /// has added remembered with what it said, and indexes for what pages list.
    private static let version2 = """
        CREATE TABLE month_totals (
            owner INTEGER NOT NULL REFERENCES users (id),
            month INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum INTEGER NOT NULL,
            PRIMARY KEY (owner, month)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO month_totals SELECT owner, month, sum(count), sum(sum) FROM monthly_totals GROUP BY owner, month;

        CREATE TABLE category_totals (
            owner INTEGER NOT NULL REFERENCES users (id),
            category INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum INTEGER NOT NULL,
            PRIMARY KEY (owner, category)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO category_totals
            SELECT owner, category, sum(count), sum(sum) FROM monthly_totals GROUP BY owner, category;

        DROP TRIGGER expenses_inserted;
        DROP TRIGGER expenses_removed;
        DROP TRIGGER expenses_updated;

        CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses BEGIN
            INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
        END;

        CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
            DELETE FROM monthly_totals
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
            UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
            DELETE FROM month_totals WHERE owner = old.owner AND month = old.day / 100 AND count = 1;
            UPDATE month_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100;
            DELETE FROM category_totals WHERE owner = old.owner AND category = old.category AND count = 1;
            UPDATE category_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND category = old.category;
        END;

        CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
            INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
                ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
            DELETE FROM monthly_totals
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
            UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
            DELETE FROM month_totals WHERE owner = old.owner AND month = old.day / 100 AND count = 1;
            UPDATE month_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND month = old.day / 100;
            DELETE FROM category_totals WHERE owner = old.owner AND category = old.category AND count = 1;
            UPDATE category_totals SET count = count - 1, sum = sum - old.amount
                WHERE owner = old.owner AND category = old.category;
        END;

        -- The number of each user's newest expense there has ever been: it says nothing about others.
        DROP TABLE expense_numbers;
        CREATE TABLE expense_numbers (
            owner INTEGER PRIMARY KEY REFERENCES users (id),
            newest INTEGER NOT NULL
        ) STRICT;
        INSERT INTO expense_numbers SELECT owner, max(id) FROM (
            SELECT owner, id FROM expenses UNION ALL SELECT owner, id FROM deleted_expenses
            UNION ALL SELECT owner, expense FROM forms) GROUP BY owner;

        -- A hash of what the form said, so that the same form with other words is noticed; null from before.
        ALTER TABLE forms ADD COLUMN fingerprint BLOB;

        DROP INDEX descriptions_by_use;
        CREATE INDEX descriptions_by_use ON descriptions (owner, newest, text);
        CREATE INDEX deleted_expenses_by_owner ON deleted_expenses (owner, deleted_at, id);
        """

    /// The index holds all that its query names, so that no row of the table is looked up for a suggestion.
    private static let suggestions = """
        DROP INDEX descriptions_by_use;
        CREATE INDEX descriptions_by_use ON descriptions (owner, newest, text, is_short) WHERE is_short = 1;
        """

    /// How many expenses each user has, those in the bin included, so that a quota costs one look.
    private static let usage = """
        CREATE TABLE usage (
            owner INTEGER PRIMARY KEY REFERENCES users (id),
            expenses INTEGER NOT NULL CHECK (expenses >= 0)
        ) STRICT;
        INSERT INTO usage SELECT owner, count(*) FROM (
            SELECT owner FROM expenses UNION ALL SELECT owner FROM deleted_expenses) GROUP BY owner;

        CREATE TRIGGER expenses_usage_added AFTER INSERT ON expenses BEGIN
            INSERT INTO usage VALUES (new.owner, 1) ON CONFLICT DO UPDATE SET expenses = expenses + 1;
        END;
        CREATE TRIGGER expenses_usage_removed AFTER DELETE ON expenses BEGIN
            UPDATE usage SET expenses = expenses - 1 WHERE owner = old.owner;
        END;
        CREATE TRIGGER deleted_expenses_usage_added AFTER INSERT ON deleted_expenses BEGIN
            INSERT INTO usage VALUES (new.owner, 1) ON CONFLICT DO UPDATE SET expenses = expenses + 1;
        END;
        CREATE TRIGGER deleted_expenses_usage_removed AFTER DELETE ON deleted_expenses BEGIN
            UPDATE usage SET expenses = expenses - 1 WHERE owner = old.owner;
        END;
        """
}
