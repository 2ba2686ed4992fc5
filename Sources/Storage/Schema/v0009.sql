-- Fewer trees: one table of totals in the place of five, an index of descriptions that answers searches alone, the
-- descriptions used last in their owner's row of counters, and forms without an index of their times. Texts are found, and
-- categories told apart, by `search_key`, which is the program's.

DROP TRIGGER expenses_inserted;
DROP TRIGGER expenses_removed;
DROP TRIGGER expenses_updated;

-- Descriptions whose keys have become the same are one now: the one that was used last keeps its number. Those of which
-- nothing is left are none.
CREATE TABLE new_descriptions (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- Without what a search does not tell apart.
    key TEXT NOT NULL,
    -- As it was typed last.
    text TEXT NOT NULL,
    -- That of the newest expense with it.
    category INTEGER NOT NULL,
    -- How many live expenses have it.
    uses INTEGER NOT NULL CHECK (uses > 0),
    -- The highest number of an expense that had it.
    newest INTEGER NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, key)
) STRICT, WITHOUT ROWID;
INSERT INTO new_descriptions
    SELECT owner, id, key, text, category, uses, newest FROM (
        SELECT owner, id, search_key(key) AS key, text, category, sum(uses) AS uses, max(newest) AS newest
        FROM descriptions GROUP BY 1, 3)
    WHERE key <> '' ORDER BY owner, id;
UPDATE expenses SET description_id = coalesce((
        SELECT kept.id FROM descriptions AS old JOIN new_descriptions AS kept
            ON kept.owner = old.owner AND kept.key = search_key(old.key)
        WHERE old.owner = expenses.owner AND old.id = expenses.description_id), 0)
    WHERE (owner, description_id) IN (
        SELECT owner, id FROM descriptions EXCEPT SELECT owner, id FROM new_descriptions);
DROP TABLE descriptions;
ALTER TABLE new_descriptions RENAME TO descriptions;

INSERT INTO description_index (description_index) VALUES ('delete-all');
INSERT INTO description_index (rowid, key) SELECT (owner << 32) + id, key FROM descriptions;

DROP INDEX expenses_by_description;
CREATE INDEX expenses_by_description ON expenses (owner, description_id, day, category, amount);

-- Names that have become the same stay: a later one has its number in its key, so that it is found as the first one is.
UPDATE categories SET name_key = char(1) || id;
UPDATE categories SET name_key = named.key || CASE WHEN place = 1 THEN '' ELSE char(1) || categories.id END
    FROM (
        SELECT owner, id, key, row_number() OVER (PARTITION BY owner, key ORDER BY id) AS place FROM (
            SELECT owner, id, search_key(name) AS key FROM categories)) AS named
    WHERE named.owner = categories.owner AND named.id = categories.id;

ALTER TABLE counters ADD COLUMN newest_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counters ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counters ADD COLUMN latest TEXT NOT NULL DEFAULT '';
-- Those that an import is to add are counted from its beginning.
UPDATE counters SET expenses = expenses + (
        SELECT count(*) FROM imports JOIN import_rows ON import_rows.owner = imports.owner AND import = imports.id
        WHERE imports.owner = counters.owner AND first IS NOT NULL),
    latest = coalesce((
        SELECT group_concat(id || ' ' || newest || ' ' || text, char(30)) FROM (
            SELECT id, newest, text FROM descriptions
            WHERE owner = counters.owner AND length(text) <= 100 AND instr(text, char(30)) = 0
            ORDER BY newest DESC, id DESC LIMIT 24)), '');

CREATE TABLE new_forms (
    owner INTEGER NOT NULL REFERENCES users (id),
    form TEXT NOT NULL CHECK (length(form) <= 100),
    expense INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    fingerprint BLOB,
    PRIMARY KEY (owner, form)
) STRICT, WITHOUT ROWID;
INSERT INTO new_forms SELECT owner, form, expense, used_at, fingerprint FROM forms
    WHERE length(form) <= 100 ORDER BY owner, form;
DROP TABLE forms;
ALTER TABLE new_forms RENAME TO forms;

CREATE TABLE new_keys (
    owner INTEGER NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    location TEXT NOT NULL,
    body BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
INSERT INTO new_keys
    SELECT owner, key, request_hash, location, body, used_at,
        row_number() OVER (PARTITION BY owner ORDER BY used_at, key)
    FROM idempotency_keys ORDER BY owner, key;
UPDATE counters SET newest_key = (SELECT count(*) FROM new_keys WHERE new_keys.owner = counters.owner);
DROP TABLE idempotency_keys;
ALTER TABLE new_keys RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (used_at);
CREATE INDEX idempotency_keys_by_owner ON idempotency_keys (owner, used_at);

CREATE TABLE totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    generation INTEGER NOT NULL,
    span INTEGER NOT NULL,
    period INTEGER NOT NULL,
    category INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, generation, span, period, category)
) STRICT, WITHOUT ROWID;
INSERT INTO totals
    WITH days AS MATERIALIZED (
        SELECT owner, day, category, count(*) AS count, sum(amount) AS sum FROM expenses GROUP BY 1, 2, 3)
    SELECT owner, 0, 0, 0, category, sum(count), sum(sum) FROM days GROUP BY owner, category
    UNION ALL SELECT owner, 0, 1, day / 100, 0, sum(count), sum(sum) FROM days GROUP BY owner, day / 100
    UNION ALL SELECT owner, 0, 2, day / 100, category, sum(count), sum(sum) FROM days
        GROUP BY owner, day / 100, category
    UNION ALL SELECT owner, 0, 3, day, category, count, sum FROM days
    ORDER BY 1, 2, 3, 4, 5;
DROP TABLE monthly_totals;
DROP TABLE month_totals;
DROP TABLE category_totals;
DROP TABLE daily_totals;
DROP TABLE description_totals;

CREATE VIEW current_totals AS
    SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, generation);

CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses BEGIN
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 0, 0, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 1, new.day / 100, 0, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 2, new.day / 100, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 3, new.day, new.category, 1, new.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 0, 0, old.category, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 1, old.day / 100, 0, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 2, old.day / 100, old.category, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 3, old.day, old.category, 1, old.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 0 AND period = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 1 AND period = old.day / 100 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 2 AND period = old.day / 100 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 3 AND period = old.day AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 0, 0, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 1, new.day / 100, 0, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 2, new.day / 100, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 3, new.day, new.category, 1, new.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 0, 0, old.category, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 1, old.day / 100, 0, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 2, old.day / 100, old.category, 1, old.amount),
        (old.owner, (SELECT generation FROM counters WHERE owner = old.owner), 3, old.day, old.category, 1, old.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 0 AND period = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 1 AND period = old.day / 100 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 2 AND period = old.day / 100 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND generation = (SELECT generation FROM counters WHERE owner = old.owner)
        AND span = 3 AND period = old.day AND category = old.category AND count = 0;
END;
