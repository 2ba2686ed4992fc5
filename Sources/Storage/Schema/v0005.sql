-- The tables of imports.

-- A file that was uploaded, and what became of it. Its bytes go when it is added or after a day.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES users (id),
    uploaded_at INTEGER NOT NULL,
    -- In bytes; 0 while it is being uploaded and when the bytes are gone.
    size INTEGER NOT NULL,
    -- The numbers of its expenses, once they are added: they follow each other.
    first INTEGER,
    count INTEGER
) STRICT;
CREATE INDEX imports_by_owner ON imports (owner, id);
CREATE INDEX imports_by_time ON imports (uploaded_at) WHERE first IS NULL;

CREATE TABLE import_pieces (
    import INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (import, number)
) STRICT;

-- Rows on their way into `expenses`, which they enter all at once.
CREATE TABLE import_rows (
    import INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    id INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    -- That of `descriptions`; null where the description is not suggested.
    key TEXT,
    PRIMARY KEY (import, day, id)
) STRICT, WITHOUT ROWID;
