import { setTimeout as pause } from 'node:timers/promises';
import type { CodeOf, Contract, InputOf, OutboxItem, Outcome, OutputOf } from '#contract';
import { practiceCorrespondents } from '../../electron/services/practice/index.ts';
import { documentMessage, ministry } from '../fakes/station/messages.ts';
import { lookAtAxis } from './outside.ts';
import { everyPage } from './pages.ts';
import { SideGone, type AxisSide, type StationSide } from './sides.ts';

/** One of our documents, as the clerk means it. */
export type OurDocument = { readonly number: string; readonly recipients: readonly { organId: string; name: string }[] };

export type Clerk = {
  /** Issues and sends documents, and now and then takes one back, changes or replaces it. */
  readonly send: (count: number, paceMs: number) => Promise<void>;
  /** Hands documents in at the axis, as a ministry would. */
  readonly handIn: (count: number, paceMs: number) => Promise<void>;
  /** Registers, refuses, decides and tries again what lies on the desk, until it is told to stop. */
  readonly desk: (until: AbortSignal) => Promise<void>;
  /** Once over the desk; answers how much there was to do. */
  readonly tidy: () => Promise<number>;
  readonly sent: readonly OurDocument[];
  /** DocumentIds that were handed in */
  readonly handedIn: readonly string[];
  /** messages of which a recipient said on the telephone that it has them, as `<type> <DocumentId>` */
  readonly rungUp: ReadonlySet<string>;
  /** how often what was asked was answered how, but for the good answers */
  readonly answers: Readonly<Record<string, number>>;
};

const notation = 'VP';
const businessTypes = { new: '0', recall: '1', update: '2', replace: '3' } as const;
/** How often something is asked again before the run is given up: minutes, far more than a restart or a full disk takes. */
const patience = 1000;

/** Whether a document that was handed in bears the number of another one, so that a list of sent statuses cannot tell both apart. */
export function sharesNumber(documentId: string): boolean {
  const ordinal = Number(/,(\d+)\/BNV-CD$/.exec(documentId)?.[1] ?? '1');
  return ordinal % 20 === 0 || ordinal % 20 === 19;
}

/** Works as a person at the window does: looks again after a crash, waits when the disk is full, never asks twice for what is there. */
export function clerk(station: StationSide, axis: AxisSide, axisFolder: string, random: () => number): Clerk {
  const sent: OurDocument[] = [];
  const handedIn: string[] = [];
  const answers: Record<string, number> = {};
  const rungUp = new Set<string>();
  const later: { readonly at: number; readonly act: () => Promise<void> }[] = [];
  let issued = 0;
  let handed = 0;
  const below = (n: number): number => Math.floor(random() * n);

  function note(code: string): void {
    answers[code] = (answers[code] ?? 0) + 1;
  }

  /** Asks until there is an answer; what another minute may mend is asked again. */
  async function ask<D extends keyof Contract, M extends keyof Contract[D] & string>(
    domain: D,
    method: M,
    input: InputOf<Contract[D][M]>,
  ): Promise<Outcome<OutputOf<Contract[D][M]>, CodeOf<Contract[D][M]>>> {
    for (let tries = 1; ; tries += 1) {
      if (tries > patience) throw new Error(`${method} never came through: ${JSON.stringify(answers)}; ${station.stderr.slice(-3).join('; ')}`);
      try {
        const outcome = await station.ask(domain, method, input);
        if (outcome.ok) return outcome;
        const code = String(outcome.failure.code);
        note(`${method} ${code}`);
        if (code === 'bad-input') throw new Error(`${method}: ${JSON.stringify(outcome.failure)}`);
        if (code !== 'disk-full' && code !== 'internal' && code !== 'in-doubt') return outcome;
        await pause(300);
      } catch (error) {
        if (!(error instanceof SideGone)) throw error;
        await pause(100);
      }
    }
  }

  async function storedFile(text: string): Promise<{ sha256: string; size: number }> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await station.storeFile(Buffer.from(text));
      } catch (error) {
        if (tries > patience) throw error;
        if (!(error instanceof SideGone)) note('storeFile threw');
        await pause(200);
      }
    }
  }

  async function idOf(number: string): Promise<string> {
    const all = await everyPage(
      async (before) => {
        const page = await ask('records', 'outgoingList', { state: null, before, limit: 500 });
        return page.ok ? page.value.items : [];
      },
      ({ id }) => id,
    );
    const found = all.find((one) => one.codeNumber === number);
    if (found === undefined) throw new Error(`document ${number} is gone`);
    return found.id;
  }

  async function issue(number: string): Promise<string> {
    for (;;) {
      const file = await storedFile(`%PDF-1.7 soak ${number}`);
      const outcome = await ask('records', 'recordOutgoing', {
        codeNumber: number,
        codeNotation: notation,
        issuedDate: '2026-11-20',
        place: 'Hà Nội',
        typeName: 'Công văn',
        subject: `V/v chạy dài số ${number}`,
        urgency: below(10) === 0 ? 2 : 0,
        dueDate: null,
        signerName: 'Nguyễn Văn Ký',
        signerPosition: 'Chủ tịch',
        signerCompetence: '',
        toPlaces: ['Như trên', 'Lưu: VT'],
        pageAmount: 1,
        paper: false,
        files: [{ name: `cv-${number}.pdf`, mediaType: 'application/pdf', ...file }],
        repliesTo: null,
      });
      if (outcome.ok) return outcome.value.id;
      if (outcome.failure.code === 'number-taken') return idOf(number);
    }
  }

  function recipients(): OurDocument['recipients'] {
    const many = below(7) === 0 ? 2 + below(3) : 1;
    const from = below(practiceCorrespondents.length);
    return Array.from({ length: many }, (_, at) => {
      const { code, name } = practiceCorrespondents[(from + at) % practiceCorrespondents.length] ?? ministry;
      return { organId: code, name };
    });
  }

  /** What may come after a document was sent; mostly nothing. */
  function followUp(document: string, number: string, to: OurDocument['recipients']): (() => Promise<void>) | null {
    const reason = (what: string): string => `${what} ${number}, lần ${String(below(1_000_000))}`;
    const chance = below(100);
    if (chance < 6) {
      const form = below(2) === 0 ? 'status' : 'message';
      const some = to.length > 1 && below(2) === 0 ? to.slice(0, 1).map((one) => one.organId) : null;
      return async () => void (await ask('exchange', 'recallDocument', { document, form, recipients: some, reason: reason('Thu hồi') }));
    }
    if (chance < 9) {
      return async () => {
        const changes = { subject: `V/v chạy dài số ${number} (sửa)` };
        await ask('exchange', 'updateDocument', { document, changes, files: null, reason: reason('Sửa') });
      };
    }
    if (chance >= 11) return null;
    return async () => {
      const other = await issue(`${number}T`);
      await ask('exchange', 'replaceDocument', { document: other, replaces: document, reason: reason('Thay thế') });
    };
  }

  async function tidy(): Promise<number> {
    let done = 0;
    const arrived = await ask('records', 'incomingList', { state: 'arrived', before: null, limit: 500 });
    if (!arrived.ok) return 0;
    for (const { id, codeNumber } of arrived.value.items) {
      // Decided by the document and not by chance: whoever looks at it again after a restored backup decides the same.
      if (Number(codeNumber) % 29 === 7) await ask('records', 'refuseIncoming', { id, reason: 'Gửi nhầm nơi nhận' });
      else await register(id);
      done += 1;
    }
    if (arrived.value.counts.openChanges > 0) done += await decideAll();
    const outbox = await ask('exchange', 'outbox', {});
    const rows = outbox.ok ? outbox.value : [];
    const uncertain = rows.filter((row) => row.inDoubt && row.lastFailureDetail?.startsWith('several-fit') === true);
    // One after another: what is settled may tell the next one.
    for (const row of uncertain.slice(0, 1)) done += await askRecipient(row);
    for (const row of rows) {
      if (row.state !== 'attention' || uncertain.includes(row)) continue;
      await ask('exchange', 'moveUp', { id: row.id });
      done += 1;
    }
    return done;
  }

  /** Where the verdict speaks against a file (these are no letters), a clerk says why it is registered all the same. */
  async function register(id: string): Promise<void> {
    const outcome = await ask('records', 'registerIncoming', { id });
    if (outcome.ok || (outcome.failure.code !== 'verdict-asks' && outcome.failure.code !== 'verdict-refuses')) return;
    await ask('records', 'registerIncoming', { id, despite: 'Đã hỏi nơi gửi' });
  }

  /** Rings up the recipient and asks whether it has the message. */
  async function askRecipient({ id, incoming, outgoing, dispatch, statusCode, recipients: to }: OutboxItem): Promise<number> {
    const document = await (incoming === null ? ask('records', 'outgoingGet', { id: outgoing ?? '' }) : ask('records', 'incomingGet', { id: incoming }));
    const outside = await lookAtAxis(axis.control(), axisFolder).catch(() => undefined);
    if (!document.ok || outside === undefined) return 0;
    const type = dispatch === null ? `status-${statusCode}` : businessTypes[dispatch];
    const { documentId } = document.value;
    const sent = outside.ours.some((one) => one.type === type && one.documentId === documentId && to.every(({ organId }) => one.to.includes(organId)));
    await ask('exchange', 'settleDoubt', { id, sent, note: 'Hỏi qua điện thoại' });
    if (sent) rungUp.add(`${type} ${documentId}`);
    return 1;
  }

  async function decideAll(): Promise<number> {
    let done = 0;
    const all = await everyPage(
      async (before) => {
        const page = await ask('records', 'incomingList', { state: null, before, limit: 500 });
        return page.ok ? page.value.items : [];
      },
      ({ id }) => id,
    );
    for (const { id } of all.filter((one) => one.openChange !== null)) {
      const detail = await ask('records', 'incomingGet', { id });
      for (const request of detail.ok ? detail.value.changeRequests.filter((one) => one.state === 'open') : []) {
        const agree = below(2) === 0;
        await ask('records', 'decideChange', { request: request.id, agree, reason: agree ? '' : 'Đã xử lý' });
        done += 1;
      }
    }
    return done;
  }

  return {
    sent,
    handedIn,
    answers,
    rungUp,
    tidy,
    async send(count, paceMs) {
      for (const end = issued + count; issued < end; issued += 1) {
        const n = issued;
        const number = String(n + 1);
        const to = recipients();
        const document = await issue(number);
        await ask('exchange', 'sendDocument', { document, recipients: [...to] });
        sent.push({ number, recipients: to });
        const act = followUp(document, number, to);
        if (act !== null) later.push({ at: n + below(20), act });
        for (const due of later.splice(0)) if (due.at <= n) await due.act(); else later.push(due);
        await pause(paceMs);
      }
      for (const due of later.splice(0)) await due.act();
    },
    async handIn(count, paceMs) {
      for (const end = handed + count; handed < end; handed += 1) {
        const n = handed;
        // Some bear the number of the one before, under an id of their own.
        const number = String(n % 20 === 19 ? n : n + 1);
        const documentId = `${ministry.code},2026/11/20,${String(n + 1)}/BNV-CD`;
        const bytes = documentMessage({ number, notation: 'BNV-CD', documentId, files: [{ name: 'cong-van.pdf', bytes: Buffer.from(`%PDF-1.4 ${String(n)}`) }] });
        handedIn.push(documentId);
        for (let done = false, tries = 1; !done; tries += 1) {
          if (tries > patience) throw new Error('the axis takes nothing in');
          done = await axis.control().deliver(bytes).then(() => true, () => false);
          // Not known whether it was taken: the same again is no second document.
          if (!done) await pause(150);
        }
        await pause(paceMs);
      }
    },
    async desk(until) {
      while (!until.aborted) {
        await tidy();
        await pause(700, undefined, { signal: until }).catch(() => undefined);
      }
    },
  };
}
