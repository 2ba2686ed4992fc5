-- Pages in the user's language.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- What is meant to be spent in a month.
ALTER TABLE counters ADD COLUMN targets INTEGER NOT NULL DEFAULT 0;
CREATE TABLE targets (
    owner INTEGER NOT NULL REFERENCES users (id),
    category INTEGER NOT NULL,
    month INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (owner, category, month)
) STRICT, WITHOUT ROWID;
