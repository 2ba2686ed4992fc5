-- Pages in the user's language.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';

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

-- They may be recorded in steps.
CREATE TABLE new_long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'record repeating', 'remove user')),
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
