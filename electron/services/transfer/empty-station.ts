import { countRows, type ReadDb } from '../../store/index.ts';
import { allKinds } from './form/all-kinds.ts';
import { exportedSettings } from './form/settings-form.ts';
import { countSettings, hasOwnDays, isFreshDirectory, isFreshOffice } from './station.store.ts';

/** What a new station has by itself, and how it is told from what somebody did. */
const fresh: Readonly<Record<string, (db: ReadDb) => boolean>> = {
  offices: isFreshOffice,
  agencies: isFreshDirectory,
  'agency-codes': isFreshDirectory,
  'directory-state': isFreshDirectory,
  'calendar-days': (db) => !hasOwnDays(db),
  settings: (db) => countSettings(db, exportedSettings) === 0,
};

/** The kinds of records of which a new station has some; they make room for those that come. */
export const givenKinds: readonly string[] = ['agencies', 'agency-codes', 'directory-state', 'offices'];

/** Whether nobody has done anything in this station yet. */
export function isEmptyStation(db: ReadDb): boolean {
  return allKinds.every(({ kind, table }) => fresh[kind]?.(db) ?? countRows(db, table) === 0);
}

/** What an office writes down while it is being set up: who it is, its people, how it numbers and signs. */
const setUpKinds: ReadonlySet<string> = new Set([
  'abbreviations', 'accounts', 'agencies', 'agency-codes', 'audit-entries', 'calendar-days', 'deadline-rules', 'delegations', 'directory-state',
  'number-gaps', 'number-rules', 'number-series', 'number-years', 'offices', 'people', 'people-before', 'printed-files', 'roles', 'settings',
  'signing-pictures', 'trust-anchors', 'unit-names', 'units',
]);

/** Whether a station has been set up at most: no document, number, dossier or anything else of the office's work is in it. */
export function isOnlySetUp(db: ReadDb): boolean {
  return allKinds.every(({ kind, table }) => setUpKinds.has(kind) || countRows(db, table) === 0);
}
