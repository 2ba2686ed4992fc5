-- The number of a bulk change that has gone is not given again.
ALTER TABLE counters ADD COLUMN newest_change INTEGER NOT NULL DEFAULT 0;
UPDATE counters SET newest_change = coalesce((
    SELECT max(number) FROM bulk_changes WHERE bulk_changes.owner = counters.owner), 0);
