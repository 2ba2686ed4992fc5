-- The number of a bulk change that has gone is not given again.
ALTER TABLE counters ADD COLUMN newest_change INTEGER NOT NULL DEFAULT 0;
UPDATE counters SET newest_change = coalesce((
    SELECT max(number) FROM bulk_changes WHERE bulk_changes.owner = counters.owner), 0);

-- What rules and repeating expenses were before a tag was renamed.
CREATE TABLE bulk_texts (
    owner INTEGER NOT NULL REFERENCES users (id),
    change INTEGER NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('tag of a rule', 'text of a rule', 'description of a rule', 'repeating', 'former repeating')),
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, change, place, id)
) STRICT, WITHOUT ROWID;

-- Codes that were wrong after the right password.
ALTER TABLE two_factors ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE two_factors ADD COLUMN wrong_code_at INTEGER NOT NULL DEFAULT 0;

-- Months that begin on another day: totals say on which.
DROP TRIGGER expenses_inserted;
DROP TRIGGER expenses_removed;
DROP TRIGGER expenses_updated;
DROP VIEW current_totals;
ALTER TABLE totals RENAME COLUMN generation TO month_start;
DELETE FROM totals WHERE (owner, month_start) NOT IN (SELECT owner, generation FROM counters);
UPDATE totals SET month_start = 1;
ALTER TABLE counters DROP COLUMN generation;
ALTER TABLE counters ADD COLUMN month_start INTEGER NOT NULL DEFAULT 1 CHECK (month_start BETWEEN 1 AND 28);
ALTER TABLE counters ADD COLUMN counted_month_start INTEGER NOT NULL DEFAULT 1 CHECK (counted_month_start BETWEEN 1 AND 28);
ALTER TABLE counters ADD COLUMN counted_through INTEGER NOT NULL DEFAULT 0;

CREATE TABLE new_long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'read tags', 'bulk change', 'undo bulk change', 'record repeating', 'count months', 'remove user')),
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

CREATE VIEW current_totals AS
    SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, month_start);
CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
    WHEN (SELECT adding FROM counters WHERE owner = new.owner) = 0 BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 1, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 2, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 1, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 2, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, 0 FROM counters
            WHERE owner = old.owner)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, old.day FROM counters
            WHERE owner = old.owner)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 1, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 2, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 1, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 2, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, 0 FROM counters
            WHERE owner = old.owner)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, old.day FROM counters
            WHERE owner = old.owner)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_inserted_while_counting AFTER INSERT ON expenses
    WHEN (SELECT counted_through > 0 AND adding = 0 FROM counters WHERE owner = new.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed_while_counting AFTER DELETE ON expenses
    WHEN (SELECT counted_through > 0 FROM counters WHERE owner = old.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, 0 FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, old.day FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_updated_while_counting AFTER UPDATE OF owner, day, amount, category ON expenses
    WHEN (SELECT counted_through > 0 FROM counters WHERE owner = new.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, 0 FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, old.day FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 3 AND category = old.category AND count = 0;
END;
