CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  -- JSON.
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bar (
  instrument TEXT NOT NULL,
  starts_at  INTEGER NOT NULL,
  open       INTEGER NOT NULL,
  high       INTEGER NOT NULL,
  low        INTEGER NOT NULL,
  close      INTEGER NOT NULL,
  volume     INTEGER NOT NULL,
  closed     INTEGER NOT NULL,
  PRIMARY KEY (instrument, starts_at)
) STRICT, WITHOUT ROWID;
