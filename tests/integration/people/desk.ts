import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CodeOf, Contract, InputOf, Outcome, OutputOf, Role } from '#contract';
import { startCore, type Core } from '../../../electron/hosts/compose.ts';
import { all, openStore, sql } from '../../../electron/store/index.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { scratchFolder } from '../../unit/store/helpers.ts';

export const password = 'Mật-khẩu số 1';

type Answer<D extends keyof Contract, M extends keyof Contract[D] & string> = Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>>;

export type LogEntry = { readonly action: string; readonly actor: string; readonly subject_id: string; readonly detail: string };

/** A real core over a real profile, asked as its window asks it, with a clock that the test moves. */
export type DeskTest = {
  readonly core: Core;
  readonly ask: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Answer<D, M>;
  /** as a terminal with the profile's key does */
  readonly asHost: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Answer<D, M>;
  readonly must: <D extends keyof Contract, M extends keyof Contract[D] & string>(domain: D, method: M, input: InputOf<Contract[D][M]>) => Promise<OutputOf<Contract[D][M]>>;
  readonly pass: (seconds: number) => void;
  readonly addPerson: (name: string, roles: Role[], more?: Partial<InputOf<Contract['people']['savePerson']>>) => Promise<string>;
  /** closes the station and reads its log */
  readonly closedLog: () => Promise<LogEntry[]>;
};

/** Starts one. */
export async function openDesk(): Promise<DeskTest> {
  const folder = join(scratchFolder(), 'profile');
  const keyHex = randomBytes(32).toString('hex');
  let now = Date.parse('2026-11-22T01:00:00.000Z');
  const core = await startCore({ ...quietCore({ folder, keyHex }), clock: { now: () => new Date(now) } });
  const asked = (sender: 'own-window' | 'host'): DeskTest['ask'] => (domain, method, input) => core.dispatcher.answer(domain, method, input, sender) as never;
  const must: DeskTest['must'] = async (domain, method, input) => {
    const outcome = await asked('own-window')(domain, method, input);
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value;
  };
  return {
    core,
    ask: asked('own-window'),
    asHost: asked('host'),
    must,
    pass: (seconds) => {
      now += seconds * 1000;
    },
    addPerson: async (name, roles, more = {}) =>
      (await must('people', 'savePerson', { id: null, name, position: '', standing: 'staff', unit: null, roles, validFrom: null, since: null, ...more })).id,
    closedLog: async () => {
      await core.close();
      const opened = openStore({ folder, key: Buffer.from(keyHex, 'hex'), programVersion: '0.1.0', mayCreate: false });
      if (!opened.ok) throw new Error(opened.failure.code);
      const log = all<LogEntry>(opened.value.read, sql`SELECT action, actor, subject_id, detail FROM audit_entry ORDER BY seq`);
      opened.value.close();
      return log;
    },
  };
}
