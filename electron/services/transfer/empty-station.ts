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
