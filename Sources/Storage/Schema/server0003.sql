-- See v0010.sql.
ALTER TABLE counters ADD COLUMN newest_rule BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_rows ADD COLUMN original TEXT COLLATE "C";

CREATE TABLE import_originals (
    owner BIGINT NOT NULL REFERENCES users (id),
    id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE import_layouts (
    owner BIGINT NOT NULL REFERENCES users (id),
    heading TEXT COLLATE "C" NOT NULL,
    choices TEXT COLLATE "C" NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (owner, heading)
);

CREATE TABLE rules (
    owner BIGINT NOT NULL REFERENCES users (id),
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    category BIGINT,
    new_description TEXT COLLATE "C" NOT NULL,
    tag TEXT COLLATE "C" NOT NULL,
    leaves_out BIGINT NOT NULL CHECK (leaves_out IN (0, 1)),
    PRIMARY KEY (owner, id)
);

ALTER TABLE counters ADD COLUMN merging BIGINT NOT NULL DEFAULT 0;
UPDATE counters SET merging = merges.count FROM (
        SELECT owner, count(*) AS count FROM long_writes WHERE kind = 'merge category' GROUP BY owner) AS merges
    WHERE merges.owner = counters.owner;

ALTER TABLE counters ADD COLUMN adding BIGINT NOT NULL DEFAULT 0;

ALTER TABLE imports ADD COLUMN staged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN staged_sum BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN failure TEXT COLLATE "C";
UPDATE imports SET staged = rows.count, staged_sum = rows.sum FROM (
        SELECT owner, import, count(*) AS count, CAST(sum(amount) AS BIGINT) AS sum
        FROM import_rows GROUP BY owner, import) AS rows
    WHERE rows.owner = imports.owner AND rows.import = imports.id;
DROP INDEX imports_by_time;
CREATE INDEX imports_by_time ON imports (uploaded_at, size) WHERE first IS NULL;

ALTER TABLE long_writes ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE long_writes ADD COLUMN failure TEXT COLLATE "C";
ALTER TABLE long_writes DROP CONSTRAINT long_writes_kind_check;
ALTER TABLE long_writes ADD CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'remove user'));
UPDATE long_writes SET phase = 0, first = 0, second = 0;
-- Totals are counted once for all rows of a statement.
DROP TRIGGER expenses_inserted_or_removed ON expenses;
DROP TRIGGER expenses_updated ON expenses;
DROP FUNCTION count_expense();
CREATE FUNCTION count_expenses() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
IF TG_OP <> 'INSERT' THEN
    UPDATE totals SET count = totals.count - counted.count, sum = totals.sum - counted.sum
    FROM (
            SELECT owner, generation, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM removed JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, day / 100, 0), (2, day / 100, category), (3, day, category)) AS place (span, period, category)
            GROUP BY owner, generation, place.span, place.period, place.category
    ) AS counted
    WHERE totals.owner = counted.owner AND totals.generation = counted.generation
        AND totals.span = counted.span AND totals.period = counted.period
        AND totals.category = counted.category;
END IF;
IF TG_OP <> 'DELETE' THEN
    INSERT INTO totals (owner, generation, span, period, category, count, sum)
            SELECT owner, generation, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM added JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, day / 100, 0), (2, day / 100, category), (3, day, category)) AS place (span, period, category)
            GROUP BY owner, generation, place.span, place.period, place.category
    ON CONFLICT (owner, generation, span, period, category)
    DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum;
END IF;
IF TG_OP <> 'INSERT' THEN
    DELETE FROM totals USING (
            SELECT owner, generation, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM removed JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, day / 100, 0), (2, day / 100, category), (3, day, category)) AS place (span, period, category)
            GROUP BY owner, generation, place.span, place.period, place.category
    ) AS counted
    WHERE totals.owner = counted.owner AND totals.generation = counted.generation
        AND totals.span = counted.span AND totals.period = counted.period
        AND totals.category = counted.category AND totals.count = 0;
END IF;
RETURN NULL;
END $body$;
CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();
CREATE TRIGGER expenses_removed AFTER DELETE ON expenses
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();
CREATE TRIGGER expenses_updated AFTER UPDATE ON expenses
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_expenses();
