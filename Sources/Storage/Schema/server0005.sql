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
