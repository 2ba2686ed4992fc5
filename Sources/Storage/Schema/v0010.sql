-- What an import was said to be, how files are read, and what is done with their rows.
ALTER TABLE counters ADD COLUMN newest_rule INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_rows ADD COLUMN original TEXT;

CREATE TABLE import_originals (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_layouts (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- The names of the columns.
    heading TEXT NOT NULL,
    -- What was chosen, as the fields of a form.
    choices TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (owner, heading)
) STRICT;

CREATE TABLE rules (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- They are tried in this order.
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- One that has gone counts as none.
    category INTEGER,
    new_description TEXT NOT NULL,
    tag TEXT NOT NULL,
    leaves_out INTEGER NOT NULL CHECK (leaves_out IN (0, 1)),
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
