-- See v0011.sql.
ALTER TABLE users ADD COLUMN language TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Expenses that repeat.
ALTER TABLE users ADD COLUMN repeating_due BIGINT;
CREATE INDEX users_by_repeating_due ON users (repeating_due) WHERE repeating_due IS NOT NULL;
ALTER TABLE counters ADD COLUMN newest_repeating BIGINT NOT NULL DEFAULT 0;

CREATE TABLE repeating (
    owner BIGINT NOT NULL,
    id BIGINT NOT NULL,
    former BIGINT NOT NULL CHECK (former IN (0, 1)),
    amount BIGINT NOT NULL,
    category BIGINT NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    first_day BIGINT NOT NULL,
    every BIGINT NOT NULL CHECK (every BETWEEN 1 AND 99),
    unit TEXT COLLATE "C" NOT NULL CHECK (unit IN ('day', 'week', 'month', 'year')),
    until BIGINT,
    next_number BIGINT NOT NULL,
    next_day BIGINT,
    paused BIGINT NOT NULL CHECK (paused IN (0, 1)),
    recorded_through BIGINT,
    recorded BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (owner, id, former),
    FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
);
CREATE INDEX repeating_by_deletion ON repeating (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE recorded_expenses (
    owner BIGINT NOT NULL REFERENCES users (id),
    id BIGINT NOT NULL,
    rule BIGINT NOT NULL,
    due BIGINT NOT NULL,
    PRIMARY KEY (owner, id)
);
CREATE INDEX recorded_expenses_by_rule ON recorded_expenses (owner, rule, id);

ALTER TABLE long_writes DROP CONSTRAINT long_writes_kind_check;
ALTER TABLE long_writes ADD CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'record repeating', 'remove user'));
