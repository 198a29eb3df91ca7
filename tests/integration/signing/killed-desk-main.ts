import type { SigningRole } from '#contract';
import { startCore } from '../../../electron/hosts/compose.ts';
import { quietCore } from '../../fakes/station/day.ts';
import { deviceOf, stationOver, typed } from './desk-station.ts';

/** A station that signs a batch and ends itself by SIGKILL when a document comes to a moment for the nth time. */
export type KilledDesk = {
  readonly folder: string;
  readonly keyHex: string;
  readonly module: string;
  /** agency: rows of the register or papers of the archive instead of drafts */
  readonly role: SigningRole;
  readonly drafts: readonly { readonly id: string; readonly version: number }[];
  /** `noting`: all its files are signed, nothing is noted; `noted`: the register has it, the file is still there */
  readonly moment: 'at-token' | 'noting' | 'noted';
  readonly nth: number;
};

const what = JSON.parse(process.argv[2] ?? '') as KilledDesk;
const core = await startCore({ ...quietCore(what), findTokenModules: () => Promise.resolve([]) });
let seen = 0;
function passed(isMoment: boolean): void {
  if (isMoment && ++seen === what.nth) process.kill(process.pid, 'SIGKILL');
}
const station = stationOver(what.folder, core, ({ items }) => {
  passed(items.some(({ state }) => state === what.moment));
});
const follower = core.dispatcher.converse((message) => {
  if (message.kind === 'event' && (message.item as { readonly type: string }).type === 'change') passed(what.moment === 'noted');
});
follower.receive({ kind: 'subscribe', id: 1, ...(what.role === 'person' ? { domain: 'drafting', event: 'life' } : { domain: 'dossiers', event: 'changed' }) }, 'own-window');
const used = await core.tokens.useModule(what.module);
if (!used.ok) throw new Error(used.failure.code);
const { role } = what;
const device = await deviceOf(station, role === 'person' ? 'Lãnh đạo' : 'Cơ quan');
const { warnings } = await station.must('signing', 'check', { role, ids: what.drafts.map(({ id }) => id), ...device });
const items = what.drafts.map(({ id, version }) => ({ id, version, place: null, opened: true }));
await station.must('signing', 'start', { role, items, ...device, pin: typed(), seen: warnings.map(({ key }) => key) });
await station.ended();
await core.close();
