-- What text search and parts of months are answered from. An expense names its description by a number. The texts
-- themselves are in `descriptions`, each once for each user, with an index of the sequences of three characters in them:
-- a search finds the few descriptions that contain a text, and from these their totals and expenses, without reading what
-- does not match. `description_key` is the program's.

ALTER TABLE descriptions RENAME TO old_descriptions;
DROP INDEX descriptions_by_use;
CREATE TABLE descriptions (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- Without case and accents.
    key TEXT NOT NULL,
    -- As it was typed last.
    text TEXT NOT NULL,
    -- That of the newest expense with it.
    category INTEGER NOT NULL,
    -- How many live expenses have it.
    uses INTEGER NOT NULL CHECK (uses > 0),
    -- The highest number of an expense that had it.
    newest INTEGER NOT NULL,
    -- Whether it is short enough to be suggested.
    is_short INTEGER NOT NULL CHECK (is_short IN (0, 1)),
    PRIMARY KEY (owner, id),
    UNIQUE (owner, key)
) STRICT, WITHOUT ROWID;
INSERT INTO descriptions
    SELECT owner, row_number() OVER (PARTITION BY owner ORDER BY key), key, description, category, uses, newest,
        length(description) <= 100
    FROM (
        SELECT owner, description_key(description) AS key, description, category, count(*) AS uses,
            max(id) AS newest
        FROM expenses WHERE description <> '' GROUP BY 1, 2);
DROP TABLE old_descriptions;
CREATE INDEX descriptions_by_use ON descriptions (owner, newest, text) WHERE is_short = 1;
UPDATE counters SET newest_description = coalesce(
    (SELECT max(id) FROM descriptions WHERE descriptions.owner = counters.owner), 0);

-- Under owner * 2^32 + id, so that one user's are one range. The store keeps it: SQLite lets no trigger of a file
-- that may come from elsewhere use FTS5.
CREATE VIRTUAL TABLE description_index USING fts5 (key, content = '', tokenize = 'trigram case_sensitive 1');
INSERT INTO description_index (rowid, key) SELECT (owner << 32) + id, key FROM descriptions;

DROP TRIGGER expenses_inserted;
DROP TRIGGER expenses_removed;
DROP TRIGGER expenses_updated;

-- 0 where there is no description.
ALTER TABLE expenses ADD COLUMN description_id INTEGER NOT NULL DEFAULT 0;
UPDATE expenses SET description_id = (
    SELECT id FROM descriptions
    WHERE descriptions.owner = expenses.owner AND key = description_key(expenses.description))
    WHERE description <> '';
CREATE INDEX expenses_by_description ON expenses (owner, description_id);

CREATE TABLE daily_totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    day INTEGER NOT NULL,
    category INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, day, category)
) STRICT, WITHOUT ROWID;
INSERT INTO daily_totals SELECT owner, day, category, count(*), sum(amount) FROM expenses GROUP BY 1, 2, 3;

CREATE TABLE description_totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    description_id INTEGER NOT NULL,
    month INTEGER NOT NULL,
    category INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, description_id, month, category)
) STRICT, WITHOUT ROWID;
INSERT INTO description_totals
    SELECT owner, description_id, day / 100, category, count(*), sum(amount) FROM expenses GROUP BY 1, 2, 3, 4;

CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses BEGIN
    INSERT INTO daily_totals VALUES (new.owner, new.day, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO description_totals
    VALUES (new.owner, new.description_id, new.day / 100, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
    DELETE FROM daily_totals
    WHERE owner = old.owner AND day = old.day AND category = old.category AND count = 1;
UPDATE daily_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND day = old.day AND category = old.category;
DELETE FROM monthly_totals
    WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
DELETE FROM month_totals WHERE owner = old.owner AND month = old.day / 100 AND count = 1;
UPDATE month_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND month = old.day / 100;
DELETE FROM category_totals WHERE owner = old.owner AND category = old.category AND count = 1;
UPDATE category_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND category = old.category;
DELETE FROM description_totals
    WHERE owner = old.owner AND description_id = old.description_id AND month = old.day / 100
        AND category = old.category AND count = 1;
UPDATE description_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND description_id = old.description_id AND month = old.day / 100
        AND category = old.category;
END;
CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category, description_id ON expenses BEGIN
    INSERT INTO daily_totals VALUES (new.owner, new.day, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
INSERT INTO description_totals
    VALUES (new.owner, new.description_id, new.day / 100, new.category, 1, new.amount)
    ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
    DELETE FROM daily_totals
    WHERE owner = old.owner AND day = old.day AND category = old.category AND count = 1;
UPDATE daily_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND day = old.day AND category = old.category;
DELETE FROM monthly_totals
    WHERE owner = old.owner AND month = old.day / 100 AND category = old.category AND count = 1;
UPDATE monthly_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND month = old.day / 100 AND category = old.category;
DELETE FROM month_totals WHERE owner = old.owner AND month = old.day / 100 AND count = 1;
UPDATE month_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND month = old.day / 100;
DELETE FROM category_totals WHERE owner = old.owner AND category = old.category AND count = 1;
UPDATE category_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND category = old.category;
DELETE FROM description_totals
    WHERE owner = old.owner AND description_id = old.description_id AND month = old.day / 100
        AND category = old.category AND count = 1;
UPDATE description_totals SET count = count - 1, sum = sum - old.amount
    WHERE owner = old.owner AND description_id = old.description_id AND month = old.day / 100
        AND category = old.category;
END;
