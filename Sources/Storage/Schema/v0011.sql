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

-- Two-factor log-in.
CREATE TABLE two_factors (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    secret BLOB NOT NULL,
    used_step INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
    owner INTEGER NOT NULL REFERENCES users (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (owner, hash)
) STRICT, WITHOUT ROWID;

ALTER TABLE sessions ADD COLUMN used_two_factor INTEGER NOT NULL DEFAULT 0 CHECK (used_two_factor IN (0, 1));
