-- The tables of the JSON API.

-- Personal tokens, known by the SHA-256 of their text, which is random enough for that.
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL REFERENCES users (id),
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX api_tokens_by_owner ON api_tokens (owner);

-- Answers to requests with an Idempotency-Key, for those that come again.
CREATE TABLE idempotency_keys (
    owner INTEGER NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    location TEXT NOT NULL,
    body BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (used_at);
CREATE INDEX idempotency_keys_by_owner ON idempotency_keys (owner, used_at);
