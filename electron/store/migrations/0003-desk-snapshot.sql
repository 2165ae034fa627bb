-- Caches of the folded journal: deleting every row changes nothing but the time the next start takes.
CREATE TABLE desk_snapshot (
  -- Last row of the journal that went into it, the end of a batch.
  seq      INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  batch    INTEGER NOT NULL,
  -- Hash of that batch, which no other journal has.
  hash     TEXT NOT NULL,
  parts    INTEGER NOT NULL,
  -- SHA-256 over the payloads of all parts.
  checksum TEXT NOT NULL
) STRICT;

-- A part is written on its own and counts once its snapshot has a row above.
CREATE TABLE desk_snapshot_part (
  seq     INTEGER NOT NULL,
  part    INTEGER NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (seq, part)
) STRICT;
