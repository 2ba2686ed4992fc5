-- See v0011.sql.
ALTER TABLE users ADD COLUMN language TEXT COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE counters ADD COLUMN targets BIGINT NOT NULL DEFAULT 0;
CREATE TABLE targets (
    owner BIGINT NOT NULL REFERENCES users (id),
    category BIGINT NOT NULL,
    month BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (owner, category, month)
);
