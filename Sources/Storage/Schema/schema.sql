-- Names and emails are found, and unique, by their keys: without case, composed.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    -- ISO 4217.
    currency TEXT NOT NULL,
    number_format TEXT NOT NULL,
    -- A name of the time zone database.
    zone TEXT NOT NULL,
    first_weekday TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- RFC 5646; empty: as the browser asks.
    language TEXT NOT NULL DEFAULT '',
    -- The lowest `next_day` of `repeating`.
    repeating_due INTEGER
) STRICT;
CREATE INDEX users_by_repeating_due ON users (repeating_due) WHERE repeating_due IS NOT NULL;

-- The newest number that each user's things have got so far: none is used twice. And what pages begin with.
CREATE TABLE counters (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    newest_expense INTEGER NOT NULL DEFAULT 0,
    newest_category INTEGER NOT NULL DEFAULT 0,
    newest_description INTEGER NOT NULL DEFAULT 0,
    newest_import INTEGER NOT NULL DEFAULT 0,
    newest_token INTEGER NOT NULL DEFAULT 0,
    -- How many there are, those in the bin and those that an import is to add included.
    expenses INTEGER NOT NULL DEFAULT 0 CHECK (expenses >= 0),
    -- Of `idempotency_keys`.
    newest_key INTEGER NOT NULL DEFAULT 0,
    -- The descriptions used last: see `LatestDescriptions`.
    latest TEXT NOT NULL DEFAULT '',
    newest_rule INTEGER NOT NULL DEFAULT 0,
    -- Merges of categories that are under way.
    merging INTEGER NOT NULL DEFAULT 0,
    -- 1 inside a write that adds many expenses of a file, and their totals itself.
    adding INTEGER NOT NULL DEFAULT 0,
    -- How many there are.
    targets INTEGER NOT NULL DEFAULT 0,
    newest_repeating INTEGER NOT NULL DEFAULT 0,
    -- Of `bulk_changes`.
    newest_change INTEGER NOT NULL DEFAULT 0,
    -- On which day of the calendar's months the owner's begin.
    month_start INTEGER NOT NULL DEFAULT 1 CHECK (month_start BETWEEN 1 AND 28),
    -- The same of the totals that are being counted.
    counted_month_start INTEGER NOT NULL DEFAULT 1 CHECK (counted_month_start BETWEEN 1 AND 28),
    -- The last day that they hold; 0 while none are being counted.
    counted_through INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A revoked one stays until it would have expired, so that its end can be explained.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Of the newest refresh token.
    refresh_hash BLOB NOT NULL,
    revoked_reason TEXT CHECK (revoked_reason IN ('ended', 'reuse')),
    used_two_factor INTEGER NOT NULL DEFAULT 0 CHECK (used_two_factor IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_owner ON sessions (owner);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Refresh tokens that were replaced a moment ago.
CREATE TABLE former_refresh_hashes (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    rotated_at INTEGER NOT NULL,
    PRIMARY KEY (session, hash)
) STRICT, WITHOUT ROWID;

-- Users who log in with a code beside the password.
CREATE TABLE two_factors (
    owner INTEGER PRIMARY KEY REFERENCES users (id),
    -- What the codes are computed from: see `TwoFactorStore`.
    secret BLOB NOT NULL,
    -- The newest step, of 30 seconds, whose code has been used.
    used_step INTEGER NOT NULL,
    since INTEGER NOT NULL,
    -- Typed with the right password by somebody who did not get in; seen ones do not count.
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    -- The last of them.
    wrong_code_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Those not used yet, known by the SHA-256 of their text, which is random enough for that.
CREATE TABLE recovery_codes (
    owner INTEGER NOT NULL REFERENCES users (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (owner, hash)
) STRICT, WITHOUT ROWID;

-- Names are found, and unique, by their keys: see `searchKey`.
CREATE TABLE categories (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    color TEXT NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, name_key)
) STRICT, WITHOUT ROWID;

-- What expenses are called: each text once, under the key by which it is found.
CREATE TABLE descriptions (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- Without what a search does not tell apart: see `searchKey`.
    key TEXT NOT NULL,
    -- As it was typed last.
    text TEXT NOT NULL,
    -- That of the newest expense with it.
    category INTEGER NOT NULL,
    -- How many live expenses have it.
    uses INTEGER NOT NULL CHECK (uses > 0),
    -- The highest number of an expense that had it.
    newest INTEGER NOT NULL,
    PRIMARY KEY (owner, id),
    UNIQUE (owner, key)
) STRICT, WITHOUT ROWID;

-- In the order in which they are listed.
CREATE TABLE expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    day INTEGER NOT NULL CHECK (day BETWEEN 19000101 AND 29991231 AND day / 100 % 100 BETWEEN 1 AND 12 AND day % 100 BETWEEN 1 AND 31),
    id INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0 AND amount BETWEEN -999999999990 AND 999999999990),
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- 0 where there is no description.
    description_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, day, id),
    UNIQUE (owner, id),
    FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX expenses_by_description ON expenses (owner, description_id, day, category, amount);

-- The bin.
CREATE TABLE deleted_expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (owner, id),
    FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_expenses_by_time ON deleted_expenses (deleted_at);
CREATE INDEX deleted_expenses_by_owner ON deleted_expenses (owner, deleted_at, id);

-- One-time ids of forms that have added an expense.
CREATE TABLE forms (
    owner INTEGER NOT NULL REFERENCES users (id),
    form TEXT NOT NULL CHECK (length(form) <= 100),
    expense INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    -- A hash of what the form said.
    fingerprint BLOB,
    PRIMARY KEY (owner, form)
) STRICT, WITHOUT ROWID;

-- Counts and sums of live expenses, kept by triggers. Those of the owner's `month_start` are shown; those of another one are being counted, or are to go.
CREATE TABLE totals (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- On which day of the calendar's months its months begin.
    month_start INTEGER NOT NULL,
    -- See `Totals.Span`.
    span INTEGER NOT NULL,
    -- A day, a month, or 0 for all time.
    period INTEGER NOT NULL,
    -- 0 for all.
    category INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    sum INTEGER NOT NULL,
    PRIMARY KEY (owner, month_start, span, period, category)
) STRICT, WITHOUT ROWID;

-- Personal tokens, known by the SHA-256 of their text, which is random enough for that.
CREATE TABLE api_tokens (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

-- Answers to requests with an Idempotency-Key, for those that come again.
CREATE TABLE idempotency_keys (
    owner INTEGER NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    location TEXT NOT NULL,
    body BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    -- They count: the newest is `newest_key`.
    number INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (used_at);
CREATE INDEX idempotency_keys_by_owner ON idempotency_keys (owner, used_at);

-- A file that was uploaded, and what became of it. Its bytes go when it is added or after a day.
CREATE TABLE imports (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- 0 where it has made room for another one: nobody finds it any more.
    uploaded_at INTEGER NOT NULL,
    -- In bytes; 0 while it is being uploaded and when the bytes are gone.
    size INTEGER NOT NULL,
    -- The number of its first expense, once they are being added: they follow each other.
    first INTEGER,
    count INTEGER,
    -- How many rows wait in `import_rows`.
    staged INTEGER NOT NULL DEFAULT 0,
    -- The sum of their amounts.
    staged_sum INTEGER NOT NULL DEFAULT 0,
    -- Why it was taken back by itself, the last time.
    failure TEXT,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_time ON imports (uploaded_at, size) WHERE first IS NULL;

-- The bytes of a file, a megabyte in a row.
CREATE TABLE import_pieces (
    owner INTEGER NOT NULL,
    import INTEGER NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (owner, import, number),
    FOREIGN KEY (owner, import) REFERENCES imports (owner, id) ON DELETE CASCADE
) STRICT;

-- Rows on their way into `expenses`, or, with a time of deletion, into the bin.
CREATE TABLE import_rows (
    owner INTEGER NOT NULL,
    import INTEGER NOT NULL,
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    deleted_at INTEGER,
    -- The description as the file says it.
    original TEXT,
    PRIMARY KEY (owner, import, id),
    FOREIGN KEY (owner, import) REFERENCES imports (owner, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What a file said of an expense that came from it, so that it is known again after it was changed. Goes when the expense goes for good.
CREATE TABLE import_originals (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

-- How files with these headings are read, where somebody has put that right.
CREATE TABLE import_layouts (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- The names of the columns.
    heading TEXT NOT NULL,
    -- What was chosen, as the fields of a form.
    choices TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (owner, heading)
) STRICT;

-- What is done with a description that contains a text: the first that fits.
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

-- What is meant to be spent in a month, from a month on until the next row of the category.
CREATE TABLE targets (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- 0 for all.
    category INTEGER NOT NULL,
    month INTEGER NOT NULL,
    -- 0 where there is none from this month on.
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (owner, category, month)
) STRICT, WITHOUT ROWID;

-- Expenses that come again. `Repetition` tells on which days.
CREATE TABLE repeating (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    -- 0; 1 for what it was before its owner changed it the last time.
    former INTEGER NOT NULL CHECK (former IN (0, 1)),
    amount INTEGER NOT NULL,
    category INTEGER NOT NULL,
    description TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    every INTEGER NOT NULL CHECK (every BETWEEN 1 AND 99),
    unit TEXT NOT NULL CHECK (unit IN ('day', 'week', 'month', 'year')),
    -- The last day that may be one.
    until INTEGER,
    -- Of the day that is recorded next, from 0.
    next_number INTEGER NOT NULL,
    -- That day. Nothing where none is to come, while it is paused or deleted.
    next_day INTEGER,
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- The newest day that was recorded.
    recorded_through INTEGER,
    -- How many were recorded.
    recorded INTEGER NOT NULL,
    -- How often its owner has changed it.
    changes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (owner, id, former),
    FOREIGN KEY (owner, category) REFERENCES categories (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeating_by_deletion ON repeating (deleted_at) WHERE deleted_at IS NOT NULL;

-- Which of `repeating` an expense came from, and for which day. Goes when the expense goes for good.
CREATE TABLE recorded_expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    id INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recorded_expenses_by_rule ON recorded_expenses (owner, rule, id);

-- What is done a little at a time, and goes on where it stopped when the program starts again.
CREATE TABLE long_writes (
    owner INTEGER NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('add import', 'undo import', 'take back import', 'merge category', 'read descriptions', 'read tags', 'bulk change', 'undo bulk change', 'record repeating', 'count months', 'remove user')),
    -- The import, the category, the bulk change or the day on which months begin; 0 for what there is one of.
    subject INTEGER NOT NULL,
    -- The category that takes the expenses, or the last day that is recorded; 0 otherwise.
    target INTEGER NOT NULL,
    -- How far it has come.
    phase INTEGER NOT NULL DEFAULT 0,
    first INTEGER NOT NULL DEFAULT 0,
    second INTEGER NOT NULL DEFAULT 0,
    -- Steps that failed for what they found, and not for want of room.
    failures INTEGER NOT NULL DEFAULT 0,
    -- Why the last step failed; nothing after one that did not.
    failure TEXT,
    PRIMARY KEY (owner, kind, subject)
) STRICT, WITHOUT ROWID;

-- Which descriptions have a tag.
CREATE TABLE description_tags (
    owner INTEGER NOT NULL REFERENCES users (id),
    -- By what it is compared: see `Tag`.
    tag TEXT NOT NULL,
    -- The number of the description.
    description INTEGER NOT NULL,
    PRIMARY KEY (owner, tag, description)
) STRICT, WITHOUT ROWID;

-- What was done with many expenses at once, while it can be taken back.
CREATE TABLE bulk_changes (
    owner INTEGER NOT NULL REFERENCES users (id),
    number INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('move', 'tag', 'untag', 'rename', 'delete')),
    -- Where expenses are moved to; 0 otherwise.
    category INTEGER NOT NULL,
    tag TEXT NOT NULL,
    -- What the tag is called now.
    new_tag TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    -- When it goes. One that another has followed goes at once.
    ends_at INTEGER NOT NULL,
    -- 0 while its expenses are being listed.
    is_begun INTEGER NOT NULL CHECK (is_begun IN (0, 1)),
    -- Expenses that were chosen.
    count INTEGER NOT NULL,
    -- Those that have been changed so far.
    changed INTEGER NOT NULL,
    -- Those whose descriptions would have been too long.
    left_out INTEGER NOT NULL,
    PRIMARY KEY (owner, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_changes_by_end ON bulk_changes (ends_at);

-- The expenses of a bulk change.
CREATE TABLE bulk_expenses (
    owner INTEGER NOT NULL REFERENCES users (id),
    change INTEGER NOT NULL,
    id INTEGER NOT NULL,
    -- The one before; nothing where the expense has not been changed yet.
    category INTEGER,
    -- The one before; nothing where it stays.
    description TEXT,
    PRIMARY KEY (owner, change, id)
) STRICT, WITHOUT ROWID;

-- What rules and repeating expenses were before a bulk change of a tag.
CREATE TABLE bulk_texts (
    owner INTEGER NOT NULL REFERENCES users (id),
    change INTEGER NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('tag of a rule', 'text of a rule', 'description of a rule', 'repeating', 'former repeating')),
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (owner, change, place, id)
) STRICT, WITHOUT ROWID;

-- The trigrams in the keys of descriptions. rowid = owner * 2^32 + id: one range per user. DescriptionStore maintains
-- it; FTS5 is barred from triggers of an untrusted schema.
CREATE VIRTUAL TABLE description_index USING fts5 (key, content = '', tokenize = 'trigram case_sensitive 1');

CREATE VIEW current_totals AS
    SELECT owner, span, period, category, count, sum FROM counters JOIN totals USING (owner, month_start);

CREATE TRIGGER expenses_inserted AFTER INSERT ON expenses
    WHEN (SELECT adding FROM counters WHERE owner = new.owner) = 0 BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 1, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 2, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed AFTER DELETE ON expenses BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 1, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 2, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, 0 FROM counters
            WHERE owner = old.owner)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, old.day FROM counters
            WHERE owner = old.owner)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_updated AFTER UPDATE OF owner, day, amount, category ON expenses BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 1, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 2, (new.day / 100 + CASE WHEN month_start < 16 AND new.day % 100 < month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND new.day % 100 >= month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner
        UNION ALL SELECT owner, month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 1, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 2, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner
        UNION ALL SELECT owner, month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, 0 FROM counters
            WHERE owner = old.owner)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, (old.day / 100 + CASE WHEN month_start < 16 AND old.day % 100 < month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN month_start >= 16 AND old.day % 100 >= month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT month_start, old.day FROM counters
            WHERE owner = old.owner)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_inserted_while_counting AFTER INSERT ON expenses
    WHEN (SELECT counted_through > 0 AND adding = 0 FROM counters WHERE owner = new.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
END;
CREATE TRIGGER expenses_removed_while_counting AFTER DELETE ON expenses
    WHEN (SELECT counted_through > 0 FROM counters WHERE owner = old.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, 0 FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, old.day FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 3 AND category = old.category AND count = 0;
END;
CREATE TRIGGER expenses_updated_while_counting AFTER UPDATE OF owner, day, amount, category ON expenses
    WHEN (SELECT counted_through > 0 FROM counters WHERE owner = new.owner) BEGIN
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (new.day / 100 + CASE WHEN counted_month_start < 16 AND new.day % 100 < counted_month_start AND new.day / 100 > 190001 THEN CASE new.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND new.day % 100 >= counted_month_start AND new.day / 100 < 299912 THEN CASE new.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, new.day, new.category, 1, new.amount FROM counters WHERE owner = new.owner AND new.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count + 1, sum = totals.sum + excluded.sum;
    INSERT INTO totals (owner, month_start, span, period, category, count, sum)
        SELECT owner, counted_month_start, 0, 0, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 1, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), 0, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 2, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END), old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        UNION ALL SELECT owner, counted_month_start, 3, old.day, old.category, 1, old.amount FROM counters WHERE owner = old.owner AND old.day <= counted_through
        ON CONFLICT (owner, month_start, span, period, category)
        DO UPDATE SET count = totals.count - 1, sum = totals.sum - excluded.sum;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, 0 FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 0 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 1 AND category = 0 AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, (old.day / 100 + CASE WHEN counted_month_start < 16 AND old.day % 100 < counted_month_start AND old.day / 100 > 190001 THEN CASE old.day / 100 % 100 WHEN 1 THEN -89 ELSE -1 END WHEN counted_month_start >= 16 AND old.day % 100 >= counted_month_start AND old.day / 100 < 299912 THEN CASE old.day / 100 % 100 WHEN 12 THEN 89 ELSE 1 END ELSE 0 END) FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 2 AND category = old.category AND count = 0;
    DELETE FROM totals WHERE owner = old.owner
        AND (month_start, period) = (
            SELECT counted_month_start, old.day FROM counters
            WHERE owner = old.owner AND old.day <= counted_through)
        AND span = 3 AND category = old.category AND count = 0;
END;
