-- The index holds all that its query names, so that no row of the table is looked up for a suggestion.

DROP INDEX descriptions_by_use;
CREATE INDEX descriptions_by_use ON descriptions (owner, newest, text, is_short) WHERE is_short = 1;
