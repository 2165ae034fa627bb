import journal from './0001-journal.sql?raw';
import settingsAndBars from './0002-settings-and-bars.sql?raw';
import deskSnapshot from './0003-desk-snapshot.sql?raw';

/** Migration n brings the database from version n - 1 to n; a released one is never edited. */
export const MIGRATIONS: readonly string[] = [journal, settingsAndBars, deskSnapshot];
