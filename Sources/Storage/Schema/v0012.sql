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
