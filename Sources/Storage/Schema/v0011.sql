-- Pages in the user's language.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
