-- See v0012.sql.
ALTER TABLE counters ADD COLUMN newest_change BIGINT NOT NULL DEFAULT 0;
UPDATE counters SET newest_change = coalesce((
    SELECT max(number) FROM bulk_changes WHERE bulk_changes.owner = counters.owner), 0);
