CREATE TABLE journal_batch (
  batch    INTEGER PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  -- SHA-256 over the previous batch's hash and the rows of this one.
  hash     TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  seq            INTEGER PRIMARY KEY,
  kind           TEXT NOT NULL,
  v              INTEGER NOT NULL,
  payload        TEXT NOT NULL,
  wall           INTEGER NOT NULL,
  mono           REAL NOT NULL,
  run_id         TEXT NOT NULL,
  correlation_id TEXT,
  causation_id   TEXT
) STRICT;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;

-- INSERT OR REPLACE would delete without the trigger above.
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;

CREATE TRIGGER journal_batch_no_update BEFORE UPDATE ON journal_batch
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;

CREATE TRIGGER journal_batch_no_delete BEFORE DELETE ON journal_batch
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;

CREATE TRIGGER journal_batch_no_replace BEFORE INSERT ON journal_batch
WHEN EXISTS (SELECT 1 FROM journal_batch WHERE batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END;
