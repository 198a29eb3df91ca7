import { z } from 'zod';
import { AxisSettings, type StationSettings } from '#contract';
import { changeOne, one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';
import { certificatesIn } from './certificates.ts';

const StoredAxis = z.strictObject({
  ...AxisSettings.omit({ hasSecret: true, hasPassword: true, hasProxyPassword: true, caCertificates: true }).shape,
  secret: z.string(),
  // Came later, as whatever has a default in the contract.
  password: z.string().default(''),
  proxyPassword: z.string().default(''),
});
const StoredStation = z.strictObject({ operator: z.string() });
export type StoredSettings = StationSettings;

const noAxis = StoredAxis.parse({
  endpoint: '',
  systemId: '',
  plainHttpHosts: [],
  // No official interval was found (axis.md §1.5); five minutes is what another integrator uses.
  pollSeconds: 300,
  secret: '',
});

/** All settings, without secrets. What was never set has its default. */
export function readSettings(db: ReadDb): StoredSettings {
  const { secret, password, proxyPassword, ...axis } = readAxis(db);
  const authorities = certificatesIn(axis.caPem);
  return {
    agency: readAgency(db),
    operator: readSetting(db, 'station', StoredStation)?.operator ?? '',
    axis: {
      ...axis,
      hasSecret: secret !== '',
      hasPassword: password !== '',
      hasProxyPassword: proxyPassword !== '',
      // What could not be read was not stored.
      caCertificates: authorities.ok ? authorities.value : [],
    },
  };
}

/** Who this office is, for what is done once per message: the settings of the axis are not read with it. */
export function readAgency(db: ReadDb): StoredSettings['agency'] {
  const row = one<{ organ_id: string; name: string }>(db, sql`SELECT organ_id, name FROM office WHERE id = ${currentOffice(db)}`);
  return { organId: row?.organ_id ?? '', name: row?.name ?? '' };
}

export type AxisSecrets = {
  /** the shared secret of the axis account */
  readonly secret: string;
  /** of the account at a provincial broker */
  readonly password: string;
  /** of the account at the proxy */
  readonly proxyPassword: string;
};

/** The secrets of the connection to the axis; each empty when there is none. For the transport only. */
export function axisSecrets(db: ReadDb): AxisSecrets {
  const { secret, password, proxyPassword } = readAxis(db);
  return { secret, password, proxyPassword };
}

/** Stores what this office is called, and who sits at the desk as long as nobody signs in. */
export function saveStation(db: WriteDb, value: Pick<StoredSettings, 'agency' | 'operator'>, at: string): void {
  saveOperator(db, value.operator, at);
  const { organId, name } = value.agency;
  changeOne(db, sql`UPDATE office SET organ_id = ${organId}, name = ${name} WHERE id = ${currentOffice(db)}`);
}

/** Stores who sits at the desk as long as nobody signs in. */
export function saveOperator(db: WriteDb, operator: string, at: string): void {
  saveSetting(db, 'station', StoredStation.parse({ operator }), at);
}

/** Id of the office as it is now; there is always one, though it may have no name yet. */
export function currentOffice(db: ReadDb): string {
  const row = one<{ id: string }>(db, sql`SELECT id FROM office WHERE valid_to IS NULL ORDER BY valid_from DESC LIMIT 1`);
  if (row === undefined) throw new Error('there is no office that has not ended');
  return row.id;
}

/** Stores the connection to the axis. `null` keeps the present secret or password, as does leaving out the latter two. */
export function saveAxis(
  db: WriteDb,
  value: Omit<z.input<typeof StoredAxis>, keyof AxisSecrets> & {
    readonly secret: string | null;
    readonly password?: string | null;
    readonly proxyPassword?: string | null;
  },
  at: string,
): void {
  const before = readAxis(db);
  const kept = {
    secret: value.secret ?? before.secret,
    password: value.password ?? before.password,
    proxyPassword: value.proxyPassword ?? before.proxyPassword,
  };
  saveSetting(db, 'axis', StoredAxis.parse({ ...value, ...kept }), at);
}

export type ProfileKind = 'practice' | 'office';

/** What kind of profile this is; undefined before it was opened once. */
export function storedKind(db: ReadDb): ProfileKind | undefined {
  return readSetting(db, 'profile-kind', z.enum(['practice', 'office']));
}

/** Fixes what kind of profile this is at its first opening, and answers the kind it has for good. */
export function settledKind(db: WriteDb, kind: ProfileKind, at: string): ProfileKind {
  const stored = storedKind(db);
  if (stored !== undefined) return stored;
  saveSetting(db, 'profile-kind', kind, at);
  return kind;
}

/** The version of the program that last read again what was kept apart; undefined when none did. */
export function replayedWith(db: ReadDb): string | undefined {
  return readSetting(db, 'replayed-with', z.string());
}

/** Notes that this version of the program did so. */
export function noteReplayedWith(db: WriteDb, version: string, at: string): void {
  saveSetting(db, 'replayed-with', version, at);
}

function readAxis(db: ReadDb): z.infer<typeof StoredAxis> {
  return readSetting(db, 'axis', StoredAxis) ?? noAxis;
}

/** A stored setting of any domain; undefined when it was never set. */
export function readSetting<T>(db: ReadDb, name: string, schema: z.ZodType<T>): T | undefined {
  const row = one<{ value: string }>(db, sql`SELECT value FROM setting WHERE name = ${name}`);
  return row === undefined ? undefined : schema.parse(JSON.parse(row.value));
}

/** Stores a setting of any domain under its name. */
export function saveSetting(db: WriteDb, name: string, value: unknown, at: string): void {
  run(
    db,
    sql`INSERT INTO setting (name, value, changed_at) VALUES (${name}, ${JSON.stringify(value)}, ${at})
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
  );
}
