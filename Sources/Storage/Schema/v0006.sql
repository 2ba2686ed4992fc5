-- The keys of all rows begin with their owner, and their numbers count each user's own.

-- The newest number that each user's things have got so far; none is used twice. And how many expenses there are,
-- those in the bin included, so that a quota costs one look.
CREATE TABLE counters (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    newest_expense INTEGER NOT NULL DEFAULT 0,
    newest_category INTEGER NOT NULL DEFAULT 0,
    newest_description INTEGER NOT NULL DEFAULT 0,
    newest_import INTEGER NOT NULL DEFAULT 0,
    newest_token INTEGER NOT NULL DEFAULT 0,
    expenses INTEGER NOT NULL DEFAULT 0 CHECK (expenses >= 0)
) STRICT;
INSERT INTO counters (owner, newest_expense, newest_category, newest_import, newest_token, expenses)
    SELECT id,
        coalesce((SELECT newest FROM expense_numbers WHERE expense_numbers.owner = users.id), 0),
        coalesce((SELECT max(id) FROM categories WHERE categories.owner = users.id), 0),
        coalesce((SELECT max(id) FROM imports WHERE imports.owner = users.id), 0),
        coalesce((SELECT max(id) FROM api_tokens WHERE api_tokens.owner = users.id), 0),
        coalesce((SELECT expenses FROM usage WHERE usage.owner = users.id), 0)
    FROM users;
DROP TRIGGER expenses_usage_added;
DROP TRIGGER expenses_usage_removed;
DROP TRIGGER deleted_expenses_usage_added;
DROP TRIGGER deleted_expenses_usage_removed;
DROP TABLE usage;
DROP TABLE expense_numbers;

CREATE TABLE new_categories (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    color TEXT NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, name_key)
) STRICT, WITHOUT ROWID;
INSERT INTO new_categories SELECT owner, id, name, name_key, color FROM categories ORDER BY owner, id;
DROP TABLE categories;
ALTER TABLE new_categories RENAME TO categories;

CREATE TABLE new_tokens (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_tokens
    SELECT owner, id, hash, name, may_write, created_at, last_used_at FROM api_tokens ORDER BY owner, id;
DROP TABLE api_tokens;
ALTER TABLE new_tokens RENAME TO api_tokens;

-- Files that wait are uploaded again: they are a day old at most. What is left of those that were added is the
-- numbers of their expenses.
DROP TABLE import_rows;
DROP TABLE import_pieces;
CREATE TABLE new_imports (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL,
    -- In bytes; 0 while it is being uploaded and when the bytes are gone.
    size INTEGER NOT NULL,
    -- The numbers of its expenses, once they are being added: they follow each other.
    first INTEGER,
    count INTEGER,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_imports
    SELECT owner, id, uploaded_at, size, first, count FROM imports WHERE first IS NOT NULL ORDER BY owner, id;
DROP TABLE imports;
ALTER TABLE new_imports RENAME TO imports;
CREATE INDEX imports_by_time ON imports (uploaded_at) WHERE first IS NULL;

CREATE TABLE import_pieces (
    owner INTEGER NOT NULL,
    import INTEGER NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (owner, import, number),
    FOREIGN KEY (owner, import) REFERENCES imports (owner, id) ON DELETE CASCADE
) STRICT;

-- Rows on their way into `expenses`, or, with a time of deletion, into the bin.
CREATE TABLE import_rows (
    owner INTEGER NOT NULL,
    import INTEGER NOT NULL,
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (owner, import, id),
    FOREIGN KEY (owner, import) REFERENCES imports (owner, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is done a little at a time, and goes on where it stopped when the program starts again.
CREATE TABLE long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'merge category', 'remove user')),
    -- The import or the category; 0 for a user.
    subject INTEGER NOT NULL,
    -- The category that takes the expenses; 0 otherwise.
    target INTEGER NOT NULL,
    -- How far it has come.
    phase INTEGER NOT NULL DEFAULT 0,
    first INTEGER NOT NULL DEFAULT 0,
    second INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, kind, subject)
) STRICT, WITHOUT ROWID;
