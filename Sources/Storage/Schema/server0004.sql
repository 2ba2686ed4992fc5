-- See v0011.sql.
ALTER TABLE users ADD COLUMN language TEXT COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE counters ADD COLUMN targets BIGINT NOT NULL DEFAULT 0;
CREATE TABLE targets (
    owner BIGINT NOT NULL REFERENCES users (id),
    category BIGINT NOT NULL,
    month BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (owner, category, month)
);

CREATE TABLE two_factors (
    owner BIGINT PRIMARY KEY REFERENCES users (id),
    secret BYTEA NOT NULL,
    used_step BIGINT NOT NULL,
    since BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    owner BIGINT NOT NULL REFERENCES users (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (owner, hash)
);

ALTER TABLE sessions ADD COLUMN used_two_factor BIGINT NOT NULL DEFAULT 0 CHECK (used_two_factor IN (0, 1));

CREATE TABLE description_tags (
    owner BIGINT NOT NULL REFERENCES users (id),
    tag TEXT COLLATE "C" NOT NULL,
    description BIGINT NOT NULL,
    PRIMARY KEY (owner, tag, description)
);

CREATE TABLE bulk_changes (
    owner BIGINT NOT NULL REFERENCES users (id),
    number BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL CHECK (action IN ('move', 'tag', 'untag', 'rename', 'delete')),
    category BIGINT NOT NULL,
    tag TEXT COLLATE "C" NOT NULL,
    new_tag TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    is_begun BIGINT NOT NULL CHECK (is_begun IN (0, 1)),
    count BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    PRIMARY KEY (owner, number)
);
CREATE INDEX bulk_changes_by_end ON bulk_changes (ends_at);

CREATE TABLE bulk_expenses (
    owner BIGINT NOT NULL REFERENCES users (id),
    change BIGINT NOT NULL,
    id BIGINT NOT NULL,
    category BIGINT,
    description TEXT COLLATE "C",
    PRIMARY KEY (owner, change, id)
);

ALTER TABLE long_writes DROP CONSTRAINT long_writes_kind_check;
ALTER TABLE long_writes ADD CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'read tags', 'bulk change', 'undo bulk change', 'record repeating', 'remove user'));
INSERT INTO long_writes (owner, kind, subject, target)
    SELECT owner, 'read tags', 0, 0 FROM counters WHERE newest_description > 0;

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
