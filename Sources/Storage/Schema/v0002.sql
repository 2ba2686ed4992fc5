-- Totals by month and by category beside those by both, numbers of expenses that count each user's own, what a form has
-- added remembered with what it said, and indexes for what pages list.

CREATE TABLE month_totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    month INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, month)
) STRICT, WITHOUT ROWID;
INSERT INTO month_totals SELECT owner, month, sum(count), sum(sum) FROM monthly_totals GROUP BY owner, month;

CREATE TABLE category_totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    category INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, category)
) STRICT, WITHOUT ROWID;
INSERT INTO category_totals
    SELECT owner, category, sum(count), sum(sum) FROM monthly_totals GROUP BY owner, category;

DROP TRIGGER expenses_inserted;
DROP TRIGGER expenses_removed;
DROP TRIGGER expenses_updated;

CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses BEGIN
    INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
    INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
    INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
END;

CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
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
END;

CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
    INSERT INTO monthly_totals VALUES (new.owner, new.day / 100, new.category, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
    INSERT INTO month_totals VALUES (new.owner, new.day / 100, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
    INSERT INTO category_totals VALUES (new.owner, new.category, 1, new.amount)
        ON CONFLICT DO UPDATE SET count = count + 1, sum = sum + excluded.sum;
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
END;

-- The number of each user's newest expense there has ever been: it says nothing about others.
DROP TABLE expense_numbers;
CREATE TABLE expense_numbers (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    newest INTEGER NOT NULL
) STRICT;
INSERT INTO expense_numbers SELECT owner, max(id) FROM (
    SELECT owner, id FROM expenses UNION ALL SELECT owner, id FROM deleted_expenses
    UNION ALL SELECT owner, expense FROM forms) GROUP BY owner;

-- A hash of what the form said, so that the same form with other words is noticed; null from before.
ALTER TABLE forms ADD COLUMN fingerprint BLOB;

DROP INDEX descriptions_by_use;
CREATE INDEX descriptions_by_use ON descriptions (owner, newest, text);
CREATE INDEX deleted_expenses_by_owner ON deleted_expenses (owner, deleted_at, id);
