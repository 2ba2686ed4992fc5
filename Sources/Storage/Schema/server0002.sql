-- Version 9 of SQLite's, on a server: the program recomputes what is derived when this has run, as a server does not know
-- its keys of texts.

DROP TRIGGER expenses_inserted_or_removed ON expenses;
DROP TRIGGER expenses_updated ON expenses;
DROP FUNCTION count_expense();

DROP INDEX descriptions_by_use;
ALTER TABLE descriptions DROP COLUMN is_short;

DROP INDEX expenses_by_description;
CREATE INDEX expenses_by_description ON expenses (owner, description_id, day, category, amount);

ALTER TABLE counters ADD COLUMN newest_key BIGINT NOT NULL DEFAULT 0;
ALTER TABLE counters ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE counters ADD COLUMN latest TEXT COLLATE "C" NOT NULL DEFAULT '';

DROP INDEX forms_by_time;
DELETE FROM forms WHERE length(form) > 100;
ALTER TABLE forms ADD CHECK (length(form) <= 100);

ALTER TABLE idempotency_keys ADD COLUMN number BIGINT;
UPDATE idempotency_keys SET number = numbered.number FROM (
        SELECT owner, key, row_number() OVER (PARTITION BY owner ORDER BY used_at, key) AS number
        FROM idempotency_keys) AS numbered
    WHERE numbered.owner = idempotency_keys.owner AND numbered.key = idempotency_keys.key;
ALTER TABLE idempotency_keys ALTER COLUMN number SET NOT NULL;

DROP TABLE monthly_totals;
DROP TABLE month_totals;
DROP TABLE category_totals;
DROP TABLE daily_totals;
DROP TABLE description_totals;

CREATE TABLE totals (
    owner BIGINT NOT NULL REFERENCES users (id),
    generation BIGINT NOT NULL,
    span BIGINT NOT NULL,
    period BIGINT NOT NULL,
    category BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 0),
    sum BIGINT NOT NULL,
    PRIMARY KEY (owner, generation, span, period, category)
);

CREATE VIEW current_totals AS
    SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, generation);

CREATE FUNCTION count_expense() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
IF TG_OP <> 'DELETE' THEN
    INSERT INTO totals (owner, generation, span, period, category, count, sum) VALUES
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 0, 0, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 1, new.day / 100, 0, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 2, new.day / 100, new.category, 1, new.amount),
        (new.owner, (SELECT generation FROM counters WHERE owner = new.owner), 3, new.day, new.category, 1, new.amount)
        ON CONFLICT (owner, generation, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END IF;
IF TG_OP <> 'INSERT' THEN
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
END IF;
RETURN NULL;
END $body$;
CREATE TRIGGER expenses_inserted_or_removed AFTER INSERT OR DELETE ON expenses
    FOR EACH ROW EXECUTE FUNCTION count_expense();
CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses
    FOR EACH ROW EXECUTE FUNCTION count_expense();
