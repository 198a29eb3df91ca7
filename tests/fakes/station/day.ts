import { readFileSync } from 'node:fs';
import type { AxisKind, Contract, OutputOf } from '#contract';
import { startCore, type CoreOptions } from '../../../electron/hosts/compose.ts';
import type { PracticeAxisProcess } from '../../../electron/hosts/processes/practice-axis-process.ts';
import { takesUnsigned, withAbbreviations } from './office.ts';
import { saveAxis, saveStation } from '../../../electron/services/settings/index.ts';
import { openStore } from '../../../electron/store/index.ts';
import { ownAgency } from './messages.ts';

/** How to reach an axis, as the settings keep it; straight unless it says otherwise. */
export type AxisAccount = {
  readonly kind?: AxisKind;
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  readonly username?: string;
  readonly password?: string;
  readonly applicationCode?: string;
};

/** The station's account at a practice axis, straight or through its broker's skin. */
export function accountAt(axis: PracticeAxisProcess, kind: AxisKind): AxisAccount {
  const { endpoint, systemId, secret } = axis;
  return kind === 'vxp' ? { kind, endpoint, systemId, secret } : { kind, systemId, secret, ...axis.lgsp };
}

/**
 * A clerk's day in a process of its own: receive, register everything, send. With `kill` the process ends itself by
 * SIGKILL when the step is reached for the nth time, as if the power were cut there.
 */
export type DayOptions = {
  readonly folder: string;
  readonly keyHex: string;
  readonly axis: AxisAccount;
  readonly kill: { readonly step: string; readonly nth: number } | null;
};

/** Points a profile at an axis, as the settings screen would. */
export function preparedProfile(options: Pick<DayOptions, 'folder' | 'keyHex' | 'axis'>): void {
  const opened = openStore({
    folder: options.folder,
    key: Buffer.from(options.keyHex, 'hex'),
    programVersion: '0.1.0',
    mayCreate: true,
  });
  if (!opened.ok) throw new Error(opened.failure.code);
  opened.value.write((db) => {
    const at = new Date().toISOString();
    saveStation(db, { agency: { organId: ownAgency.code, name: ownAgency.name }, operator: 'Trần Thị Văn Thư' }, at);
    withAbbreviations(db, 'UBND');
    // The made-up letters of these tests are signed by nobody; what the desk asks of such has tests of its own.
    takesUnsigned(db, at);
    saveAxis(db, { ...options.axis, plainHttpHosts: ['127.0.0.1'], pollSeconds: 300 }, at);
  });
  opened.value.close();
}

/** The options of a core over such a profile that does nothing by itself. */
export function quietCore(options: Pick<DayOptions, 'folder' | 'keyHex'>): CoreOptions {
  return {
    profileDir: options.folder,
    key: { ok: true, value: Buffer.from(options.keyHex, 'hex') },
    practice: false,
    version: '0.1.0',
    log: (line) => {
      process.stderr.write(`${line}\n`);
    },
    background: false,
    exportPlace: `${options.folder}-exports`,
    // The middle: intervals are those of the settings.
    random: () => 0.5,
  };
}

async function clerksDay(options: DayOptions): Promise<void> {
  let seen = 0;
  const step = (name: string): void => {
    if (name === options.kill?.step && ++seen === options.kill.nth) process.kill(process.pid, 'SIGKILL');
  };
  const core = await startCore({ ...quietCore(options), onStep: step });
  const ask = async <T>(domain: string, method: string, input: unknown): Promise<T> => {
    const outcome = await core.dispatcher.answer(domain, method, input, 'own-window');
    if (!outcome.ok) throw new Error(`${domain}.${method}: ${JSON.stringify(outcome.failure)}`);
    return outcome.value as T;
  };
  await ask('exchange', 'receiveNow', {});
  const { items } = await ask<OutputOf<Contract['records']['incomingList']>>('records', 'incomingList', {
    state: 'arrived',
    before: null,
    limit: 100,
  });
  for (const { id } of items) {
    await ask('records', 'registerIncoming', { id });
    step('registered');
  }
  await ask('exchange', 'receiveNow', {});
  await core.close();
}

if (process.argv[1] === import.meta.filename) {
  await clerksDay(JSON.parse(readFileSync(0, 'utf8')) as DayOptions);
}
