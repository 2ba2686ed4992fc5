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

CREATE TABLE two_factors (
    owner BIGINT PRIMARY KEY REFERENCES users (id),
    secret BYTEA NOT NULL,
    used_step BIGINT NOT NULL,
    since BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    owner BIGINT NOT NULL REFERENCES users (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (owner, hash)
);

ALTER TABLE sessions ADD COLUMN used_two_factor BIGINT NOT NULL DEFAULT 0 CHECK (used_two_factor IN (0, 1));
