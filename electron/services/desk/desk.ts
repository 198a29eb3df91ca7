import { fail, ok, type CodeOf, type Contract, type EventSources, type Handlers, type Outcome, type OutputOf, type ParsedInputOf, type Role, type SigningRole, type SigningWarning } from '#contract';
import { instantOf } from '../../foundation/clock.ts';
import { newId } from '../../foundation/ids.ts';
import type { Result } from '../../foundation/outcome.ts';
import type { BlobRef } from '../../store/index.ts';
import { actorOf } from '../people/index.ts';
import { fileOf } from '../records/index.ts';
import { readSettings } from '../settings/index.ts';
import type { CopiedFile, CopyOrder, CopyRefusal, WorkFault } from '../signing/index.ts';
import type { SigningWay } from '../trust/index.ts';
import { runBatch, type Desktop } from './batch.ts';
import { completeAll, labelsOf } from './completing.ts';
import { lacking } from './noting.ts';
import { deskPictures, type DeskPicture } from './pictures.ts';
import { shownPaper } from './paper.ts';
import { deskPlanning } from './planning.ts';
import type { DeskDeps, DeskToken } from './ports.ts';
import { batchProgress } from './progress.ts';
import { recover } from './recover.ts';
import { warningsOf } from './warnings.ts';
import { workFolder } from './work-folder.ts';

type Methods = Contract['signing'];
type Answer<M extends keyof Methods> = Outcome<OutputOf<Methods[M]>, CodeOf<Methods[M]>>;

/** Signing in the window: what joins documents, tokens and batches. */
export type Desk = {
  readonly handlers: Handlers<Contract>['signing'];
  readonly sources: EventSources['signing'];
  /** Copies the pages of a stored PDF into a new stored file, as an archive gives it out. */
  readonly copyFile: (sha256: string, order: Omit<CopyOrder, 'source' | 'target'>) => Promise<Result<BlobRef & CopiedFile, CopyRefusal | WorkFault | { readonly code: 'file-damaged' }>>;
  /** Looks from time to time whether signatures can be completed. */
  readonly start: () => void;
  /** Something out there answers again: what lacks something is completed now, unless it was tried a moment ago. */
  readonly reachable: () => void;
  /** Documents changed: what lacks something may be another list by now. */
  readonly recheck: () => void;
  /** Cancels what runs between documents, and waits for it. */
  readonly stop: () => Promise<void>;
};

/** A check of this age still counts for a batch; the person was looking at documents meanwhile. */
const checkCountsMs = 10 * 60_000;
/** How often authorities are asked for what is missing, and how seldom when something else answers. */
const everyMs = 15 * 60_000;
const againMs = 5 * 60_000;

/** Who may sign as what: the competent person; văn thư, who keeps the agency's token (NĐ 30/2020 art. 32.2.c). */
const mayAct: Readonly<Record<SigningRole, Role>> = { person: 'leader', agency: 'clerk' };

/** Opens the desk of a station. What a run before had signed and not noted is noted first. */
export function createDesk(deps: DeskDeps): Desk {
  const { store, clock, office } = deps;
  const folder = workFolder(deps.folder, store.blobs);
  const planning = deskPlanning(deps, folder, deskPictures(deps));
  const progress = batchProgress(deps.progressed);
  const desktop: Desktop = { folder, planning, progress };
  const recovered = recover(deps, desktop).catch(deps.failed);
  let lastCheck: { readonly certificate: string; readonly checked: Awaited<ReturnType<typeof office.check>> } | undefined;
  let running: ReturnType<typeof runBatch> | undefined;
  let isStarting = false;
  let completing: Promise<unknown> | undefined;
  let lastTried = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let toldLacking = lacking(deps).ids.join();

  function mayNot(role: SigningRole): { readonly ok: false; readonly failure: { readonly code: 'not-allowed'; readonly params: { roles: string } } } | undefined {
    if (actorOf(store.read).roles.includes(mayAct[role])) return undefined;
    return { ok: false, failure: { code: 'not-allowed', params: { roles: mayAct[role] } } };
  }

  async function checkedNow({ certificate, others }: DeskToken, mayBeKept: boolean): Promise<Awaited<ReturnType<typeof office.check>>> {
    const known = lastCheck;
    if (mayBeKept && known?.certificate === certificate.sha256 && clock.now().getTime() - Date.parse(known.checked.check.at) < checkCountsMs) return known.checked;
    const checked = await office.check(certificate, { others });
    lastCheck = { certificate: certificate.sha256, checked };
    return checked;
  }

  function warnings(checked: Awaited<ReturnType<typeof office.check>>, role: SigningRole, token: DeskToken, ids: readonly string[]): SigningWarning[] {
    const subjects = ids.flatMap((id) => planning.subject(role, id) ?? []);
    return warningsOf(checked.check, role, token, subjects, readSettings(store.read).agency.name);
  }

  async function plan({ role, ids }: ParsedInputOf<Methods['plan']>): Promise<Answer<'plan'>> {
    const refused = mayNot(role);
    if (refused !== undefined) return refused;
    await recovered;
    const subjects = ids.flatMap((id) => planning.subject(role, id) ?? []);
    const items: Awaited<ReturnType<typeof planning.item>>[] = [];
    for (const subject of subjects) items.push(await planning.item(role, subject, null));
    return ok({ items: items.map(({ item }) => item), pictures: picturesOf(items) });
  }

  async function start(input: ParsedInputOf<Methods['start']>): Promise<Answer<'start'>> {
    const { role, items, device, certificate, pin, seen } = input;
    const refused = mayNot(role);
    if (refused !== undefined) return refused;
    if (running !== undefined || isStarting || isStopped) return fail('signing-busy');
    if (new Set(items.map(({ id }) => id)).size < items.length) return fail('signing-twice');
    const settings = office.settings();
    const unopened = items.filter(({ opened }) => !opened).length;
    if (settings.openEach && unopened > 0) return fail('signing-not-opened', { count: unopened });
    const token = deps.findToken(device, certificate);
    if (!token.ok) return token;
    isStarting = true;
    try {
      await recovered;
      const actor = actorOf(store.read).name;
      const checked = await checkedNow(token.value, true);
      const against = checked.check.findings.find(({ state }) => state === 'refuse');
      if (against !== undefined) return fail('signing-certificate-refused', { doubt: against.code });
      const unseen = warnings(checked, role, token.value, items.map(({ id }) => id)).find(({ key }) => !seen.includes(key));
      if (unseen !== undefined) return fail('signing-warning-not-seen', { warning: unseen.code });
      const batch = newId();
      const way = wayOf(token.value, settings);
      const line = token.value.line(way, pin, settings.keepPinMinutes * 60_000);
      const head = { id: batch, role, startedAt: instantOf(clock), endedAt: null, cancelling: false, signer: token.value.shown.name, device, wanted: settings.level, total: items.length, token: null, recovered: false };
      progress.begin(
        head,
        items.map(({ id }) => {
          const subject = planning.subject(role, id);
          return { id, paper: subject === undefined ? null : shownPaper(subject), code: subject?.code ?? '', subject: subject?.subject ?? '', state: 'waiting', cause: null, level: null, missing: null };
        }),
      );
      const made = runBatch(deps, desktop, { role, items, token: token.value, line, way, settings, checked, actor });
      running = made;
      void made.end.catch(deps.failed).finally(() => {
        line.wipe();
        running = undefined;
        progress.end(instantOf(clock));
      });
      return ok({ batch });
    } finally {
      isStarting = false;
    }
  }

  async function complete(ids: readonly string[], actor: string): Promise<Answer<'complete'>> {
    await recovered;
    if (running !== undefined || isStarting || completing !== undefined || isStopped) return fail('signing-busy');
    const work = completeAll(deps, folder, ids, actor);
    completing = work;
    try {
      return ok(await work);
    } finally {
      completing = undefined;
    }
  }

  /** Nobody waits for this: what cannot be had now is tried again. */
  function completeLacking(leastMs: number): void {
    if (isStopped || performance.now() - lastTried < leastMs || office.settings().tsa === '') return;
    const { ids } = lacking(deps);
    if (ids.length === 0) return;
    lastTried = performance.now();
    complete(ids, 'station').catch(deps.failed);
  }

  return {
    handlers: {
      plan,
      preview: async ({ role, id, place }) => {
        const refused = mayNot(role);
        if (refused !== undefined) return refused;
        await recovered;
        const subject = planning.subject(role, id);
        if (subject === undefined) return fail('not-found');
        const shown = await planning.item(role, subject, place);
        return ok({ item: shown.item, pictures: picturesOf([shown]) });
      },
      check: async ({ role, ids, device, certificate }) => {
        const refused = mayNot(role);
        if (refused !== undefined) return refused;
        const token = deps.findToken(device, certificate);
        if (!token.ok) return token;
        const checked = await checkedNow(token.value, false);
        return ok({ check: checked.check, warnings: warnings(checked, role, token.value, ids) });
      },
      start: async (input) => {
        try {
          return await start(input);
        } finally {
          // The token has bytes of its own by now, or nobody needs any.
          if (input.pin.kind === 'typed') input.pin.pin.fill(0);
        }
      },
      cancel: ({ batch }) => {
        const now = progress.now();
        if (running === undefined || now?.id !== batch) return fail('not-found');
        running.cancel();
        return ok({});
      },
      levels: async ({ file }) => {
        const stored = fileOf(store.read, file);
        if (stored === undefined) return fail('not-found');
        const labels = await labelsOf(deps, folder, stored.sha256);
        if (labels === undefined) return fail('file-damaged', { file: stored.name });
        if (labels.ok) return ok(labels.value);
        const { code, ...params } = labels.failure;
        return code === 'pdf-encrypted' ? fail('sign-pdf-encrypted') : fail('sign-pdf-damaged', { fault: code, at: 0, ...params });
      },
      complete: ({ ids }) => complete(ids, actorOf(store.read).name),
    },
    copyFile: async (sha256, order) => {
      await recovered;
      const target = folder.free('.copy.pdf');
      try {
        const done = await folder.withFile(sha256, (source) => deps.work.copy({ ...order, source, target }));
        if (done === undefined) return { ok: false, failure: { code: 'file-damaged' } };
        return done.ok ? { ok: true, value: { ...done.value, ...(await folder.takeIn(target)) } } : done;
      } finally {
        await folder.remove(target);
      }
    },
    sources: { progress: progress.now, lacking: () => lacking(deps) },
    start: () => {
      timer = setInterval(() => {
        completeLacking(0);
      }, everyMs);
      timer.unref();
    },
    reachable: () => {
      completeLacking(againMs);
    },
    recheck: () => {
      const now = lacking(deps);
      if (now.ids.join() !== toldLacking) deps.lackingChanged(now);
      toldLacking = now.ids.join();
    },
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      running?.cancel();
      await Promise.all([recovered, running?.end.catch(deps.failed), completing?.catch(() => undefined)]);
    },
  };
}

function picturesOf(items: readonly { readonly picture: DeskPicture | undefined }[]): OutputOf<Methods['plan']>['pictures'] {
  const all = new Map(items.flatMap(({ picture }) => (picture === undefined ? [] : [[picture.id, picture] as const])));
  return [...all.values()].map(({ id, png }) => ({ id, source: `data:image/png;base64,${Buffer.from(png).toString('base64')}` }));
}

function wayOf({ certificate }: DeskToken, { rsa, digest }: { readonly rsa: 'pkcs1' | 'pss'; readonly digest: SigningWay['digest'] }): SigningWay {
  if (certificate.key.kind === 'ec') return { kind: 'ecdsa', digest };
  return { kind: rsa === 'pss' || certificate.key.kind === 'rsa-pss' ? 'rsa-pss' : 'rsa-v1.5', digest };
}
