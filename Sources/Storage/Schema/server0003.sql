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
