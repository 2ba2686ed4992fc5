-- Accounts, sessions, categories, expenses with their bin, forms, descriptions, and totals by month and category.

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
