-- What an import was said to be, how files are read, and what is done with their rows.
ALTER TABLE counters ADD COLUMN newest_rule INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_rows ADD COLUMN original TEXT;

CREATE TABLE import_originals (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_layouts (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- The names of the columns.
    heading TEXT NOT NULL,
    -- What was chosen, as the fields of a form.
    choices TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (owner, heading)
) STRICT;

CREATE TABLE rules (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- They are tried in this order.
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- One that has gone counts as none.
    category INTEGER,
    new_description TEXT NOT NULL,
    tag TEXT NOT NULL,
    leaves_out INTEGER NOT NULL CHECK (leaves_out IN (0, 1)),
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

-- Long writes keep why they do not go on. Rows that are staged are counted, so that no write counts them. A category that
-- is being merged takes no more rows: the counters say whether to look for one.
ALTER TABLE counters ADD COLUMN merging INTEGER NOT NULL DEFAULT 0;
UPDATE counters SET merging = merges.count FROM (
        SELECT owner, count(*) AS count FROM long_writes WHERE kind = 'merge category' GROUP BY owner) AS merges
    WHERE merges.owner = counters.owner;

ALTER TABLE counters ADD COLUMN adding INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER expenses_inserted;
CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
    WHEN (SELECT adding FROM counters WHERE owner = new.owner) = 0 BEGIN
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 0, 0, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 1, new.day / 100, 0, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 2, new.day / 100, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 3, new.day, new.category, 1, new.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;

ALTER TABLE imports ADD COLUMN staged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN staged_sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN failure TEXT;
UPDATE imports SET staged = rows.count, staged_sum = rows.sum FROM (
        SELECT owner, import, count(*) AS count, sum(amount) AS sum FROM import_rows GROUP BY owner, import) AS rows
    WHERE rows.owner = imports.owner AND rows.import = imports.id;
DROP INDEX imports_by_time;
CREATE INDEX imports_by_time ON imports (uploaded_at, size) WHERE first IS NULL;

CREATE TABLE new_long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'remove user')),
    subject INTEGER NOT NULL,
    target INTEGER NOT NULL,
    phase INTEGER NOT NULL DEFAULT 0,
    first INTEGER NOT NULL DEFAULT 0,
    second INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    PRIMARY KEY (owner, kind, subject)
) STRICT, WITHOUT ROWID;
-- A merge looks at everything again: what has come to the category meanwhile would have been found by its last look.
INSERT INTO new_long_writes (owner, kind, subject, target) SELECT owner, kind, subject, target FROM long_writes;
DROP TABLE long_writes;
ALTER TABLE new_long_writes RENAME TO long_writes;
