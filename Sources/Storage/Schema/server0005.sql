-- See v0012.sql.
ALTER TABLE counters ADD COLUMN newest_change BIGINT NOT NULL DEFAULT 0;
UPDATE counters SET newest_change = coalesce((
    SELECT max(number) FROM bulk_changes WHERE bulk_changes.owner = counters.owner), 0);

CREATE TABLE bulk_texts (
    owner BIGINT NOT NULL REFERENCES users (id),
    change BIGINT NOT NULL,
    place TEXT COLLATE "C" NOT NULL CHECK (place IN ('tag of a rule', 'text of a rule', 'description of a rule', 'repeating', 'former repeating')),
    id BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (owner, change, place, id)
);

ALTER TABLE two_factors ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE two_factors ADD COLUMN wrong_code_at BIGINT NOT NULL DEFAULT 0;

DROP VIEW current_totals;
ALTER TABLE totals RENAME COLUMN generation TO month_start;
DELETE FROM totals USING counters
    WHERE counters.owner = totals.owner AND totals.month_start <> counters.generation;
UPDATE totals SET month_start = 1;
ALTER TABLE counters DROP COLUMN generation;
ALTER TABLE counters ADD COLUMN month_start BIGINT NOT NULL DEFAULT 1 CHECK (month_start BETWEEN 1 AND 28);
ALTER TABLE counters ADD COLUMN counted_month_start BIGINT NOT NULL DEFAULT 1 CHECK (counted_month_start BETWEEN 1 AND 28);
ALTER TABLE counters ADD COLUMN counted_through BIGINT NOT NULL DEFAULT 0;

ALTER TABLE long_writes DROP CONSTRAINT long_writes_kind_check;
ALTER TABLE long_writes ADD CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'read tags', 'bulk change', 'undo bulk change', 'record repeating', 'count months', 'remove user'));

DROP TRIGGER expenses_inserted ON expenses;
DROP TRIGGER expenses_removed ON expenses;
DROP TRIGGER expenses_updated ON expenses;
DROP FUNCTION count_expenses();
CREATE VIEW current_totals AS
    SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, month_start);
CREATE FUNCTION count_expenses() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
IF TG_OP <> 'INSERT' THEN
    UPDATE totals SET count = totals.count - counted.count, sum = totals.sum - counted.sum
    FROM (
            SELECT owner, kept.month_start, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM removed JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (month_start, 29991231),
                    (counted_month_start, counted_through)) AS kept (month_start, through)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0), (2, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), category), (3, day, category)) AS place (span, period, category)
            WHERE day <= kept.through
            GROUP BY owner, kept.month_start, place.span, place.period, place.category
    ) AS counted
    WHERE totals.owner = counted.owner AND totals.month_start = counted.month_start
        AND totals.span = counted.span AND totals.period = counted.period
        AND totals.category = counted.category;
END IF;
IF TG_OP <> 'DELETE' THEN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
            SELECT owner, kept.month_start, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM added JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (month_start, 29991231),
                    (counted_month_start, counted_through)) AS kept (month_start, through)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0), (2, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), category), (3, day, category)) AS place (span, period, category)
            WHERE day <= kept.through
            GROUP BY owner, kept.month_start, place.span, place.period, place.category
    ON CONFLICT (owner, month_start, span, period, category)
    DO UPDATE SET count = totals.count + excluded.count, sum = totals.sum + excluded.sum;
END IF;
IF TG_OP <> 'INSERT' THEN
    DELETE FROM totals USING (
            SELECT owner, kept.month_start, place.span, place.period, place.category, count(*) AS count,
                CAST(sum(amount) AS BIGINT) AS sum
            FROM removed JOIN counters USING (owner)
                CROSS JOIN LATERAL (VALUES (month_start, 29991231),
                    (counted_month_start, counted_through)) AS kept (month_start, through)
                CROSS JOIN LATERAL (VALUES (0, 0, category), (1, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0), (2, (day / 100 + CASE WHEN kept.month_start < 16 AND day % 100 < kept.month_start AND day / 100 > 190001 THEN CASE day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN kept.month_start >= 16 AND day % 100 >= kept.month_start AND day / 100 < 299912 THEN CASE day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), category), (3, day, category)) AS place (span, period, category)
            WHERE day <= kept.through
            GROUP BY owner, kept.month_start, place.span, place.period, place.category
    ) AS counted
    WHERE totals.owner = counted.owner AND totals.month_start = counted.month_start
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
