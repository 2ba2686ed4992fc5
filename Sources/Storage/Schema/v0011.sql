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

-- Tags, and what is done with many expenses at once.
CREATE TABLE description_tags (
    owner INTEGER NOT NULL REFERENCES users (id),
    tag TEXT NOT NULL,
    description INTEGER NOT NULL,
    PRIMARY KEY (owner, tag, description)
) STRICT, WITHOUT ROWID;

CREATE TABLE bulk_changes (
    owner INTEGER NOT NULL REFERENCES users (id),
    number INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('move', 'tag', 'untag', 'rename', 'delete')),
    category INTEGER NOT NULL,
    tag TEXT NOT NULL,
    new_tag TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    is_begun INTEGER NOT NULL CHECK (is_begun IN (0, 1)),
    count INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    PRIMARY KEY (owner, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_changes_by_end ON bulk_changes (ends_at);

CREATE TABLE bulk_expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    change INTEGER NOT NULL,
    id INTEGER NOT NULL,
    category INTEGER,
    description TEXT,
    PRIMARY KEY (owner, change, id)
) STRICT, WITHOUT ROWID;

-- Expenses that repeat.
ALTER TABLE users ADD COLUMN repeating_due INTEGER;
CREATE INDEX users_by_repeating_due ON users (repeating_due) WHERE repeating_due IS NOT NULL;
ALTER TABLE counters ADD COLUMN newest_repeating INTEGER NOT NULL DEFAULT 0;

CREATE TABLE repeating (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- 0; 1 for what it was before its owner changed it the last time.
    former INTEGER NOT NULL CHECK (former IN (0, 1)),
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    every INTEGER NOT NULL CHECK (every BETWEEN 1 AND 99),
    unit TEXT NOT NULL CHECK (unit IN ('day', 'week', 'month', 'year')),
    -- The last day that may be one.
    until INTEGER,
    -- Of the day that is recorded next, from 0.
    next_number INTEGER NOT NULL,
    -- That day. Nothing where none is to come, while it is paused or deleted.
    next_day INTEGER,
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- The newest day that was recorded.
    recorded_through INTEGER,
    -- How many were recorded.
    recorded INTEGER NOT NULL,
    -- How often its owner has changed it.
    changes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (owner, id, former),
    FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeating_by_deletion ON repeating (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE recorded_expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recorded_expenses_by_rule ON recorded_expenses (owner, rule, id);

CREATE TABLE new_long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'read tags', 'bulk change', 'undo bulk change', 'record repeating', 'remove user')),
    subject INTEGER NOT NULL,
    target INTEGER NOT NULL,
    phase INTEGER NOT NULL DEFAULT 0,
    first INTEGER NOT NULL DEFAULT 0,
    second INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    PRIMARY KEY (owner, kind, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO new_long_writes (owner, kind, subject, target, phase, first, second, failures, failure)
    SELECT owner, kind, subject, target, phase, first, second, failures, failure FROM long_writes;
DROP TABLE long_writes;
ALTER TABLE new_long_writes RENAME TO long_writes;
-- The tags that there are already are found a few descriptions at a time.
INSERT INTO long_writes (owner, kind, subject, target)
    SELECT owner, 'read tags', 0, 0 FROM counters WHERE newest_description > 0;
