-- How many expenses each user has, those in the bin included, so that a quota costs one look.

CREATE TABLE usage (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    expenses INTEGER NOT NULL CHECK (expenses >= 0)
) STRICT;
INSERT INTO usage SELECT owner, count(*) FROM (
    SELECT owner FROM expenses UNION ALL SELECT owner FROM deleted_expenses) GROUP BY owner;

CREATE TRIGGER expenses_usage_added AFTER INSERT ON expenses BEGIN
    INSERT INTO usage VALUES (new.owner, 1) ON CONFLICT DO UPDATE SET expenses = expenses + 1;
END;
CREATE TRIGGER expenses_usage_removed AFTER DELETE ON expenses BEGIN
    UPDATE usage SET expenses = expenses - 1 WHERE owner = old.owner;
END;
CREATE TRIGGER deleted_expenses_usage_added AFTER INSERT ON deleted_expenses BEGIN
    INSERT INTO usage VALUES (new.owner, 1) ON CONFLICT DO UPDATE SET expenses = expenses + 1;
END;
CREATE TRIGGER deleted_expenses_usage_removed AFTER DELETE ON deleted_expenses BEGIN
    UPDATE usage SET expenses = expenses - 1 WHERE owner = old.owner;
END;
