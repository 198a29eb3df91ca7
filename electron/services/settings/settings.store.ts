import { z } from 'zod';
import { AxisSettings, StationSettings } from '#contract';
import { one, run, sql, type ReadDb, type WriteDb } from '../../store/index.ts';

/** What has a default came later: settings stored before it, and callers without a broker, do not have it. */
const StoredAxis = z.strictObject({
  ...AxisSettings.omit({ hasSecret: true, hasPassword: true }).shape,
  kind: AxisSettings.shape.kind.default('vxp'),
  username: AxisSettings.shape.username.default(''),
  applicationCode: AxisSettings.shape.applicationCode.default(''),
  secret: z.string(),
  password: z.string().default(''),
});
const StoredStation = StationSettings.omit({ axis: true });
export type StoredSettings = z.infer<typeof StationSettings>;

const noAxis: z.infer<typeof StoredAxis> = {
  kind: 'vxp',
  endpoint: '',
  systemId: '',
  plainHttpHosts: [],
  // No official interval was found (axis.md §1.5); five minutes is what another integrator uses.
  pollSeconds: 300,
  secret: '',
  username: '',
  applicationCode: '',
  password: '',
};
const noStation: z.infer<typeof StoredStation> = { agency: { organId: '', name: '' }, operator: '' };

/** All settings, without secrets. What was never set has its default. */
export function readSettings(db: ReadDb): StoredSettings {
  const { secret, password, ...axis } = readAxis(db);
  return { ...readStation(db), axis: { ...axis, hasSecret: secret !== '', hasPassword: password !== '' } };
}

export type AxisSecrets = {
  /** the shared secret of the axis account */
  readonly secret: string;
  /** of the account at a provincial broker */
  readonly password: string;
};

/** The secrets of the connection to the axis; each empty when there is none. For the transport only. */
export function axisSecrets(db: ReadDb): AxisSecrets {
  const { secret, password } = readAxis(db);
  return { secret, password };
}

/** Stores who this office and who sits at the desk is. */
export function saveStation(db: WriteDb, value: z.infer<typeof StoredStation>, at: string): void {
  saveSetting(db, 'station', StoredStation.parse(value), at);
}

/** Stores the connection to the axis. `null` keeps the present secret or password, as does leaving out the latter. */
export function saveAxis(
  db: WriteDb,
  value: Omit<z.input<typeof StoredAxis>, 'secret' | 'password'> & {
    readonly secret: string | null;
    readonly password?: string | null;
  },
  at: string,
): void {
  const before = readAxis(db);
  const kept = { secret: value.secret ?? before.secret, password: value.password ?? before.password };
  saveSetting(db, 'axis', StoredAxis.parse({ ...value, ...kept }), at);
}

export type ProfileKind = 'practice' | 'office';

/** Fixes what kind of profile this is at its first opening, and answers the kind it has for good. */
export function settledKind(db: WriteDb, kind: ProfileKind, at: string): ProfileKind {
  const stored = readSetting(db, 'profile-kind', z.enum(['practice', 'office']));
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

function readStation(db: ReadDb): z.infer<typeof StoredStation> {
  return readSetting(db, 'station', StoredStation) ?? noStation;
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
