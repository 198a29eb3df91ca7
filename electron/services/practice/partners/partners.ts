import type { Clock } from '../../../foundation/clock.ts';
import type { PlainDb, WriteDb } from '../../../store/index.ts';
import {
  bytesSource,
  fullCode,
  readEdxmlHead,
  wireInstant,
  type EdxmlDocument,
  type EdxmlResponseFor,
  type EdxmlStatus,
} from '../../exchange/index.ts';
import { noteOf, saveNote, type Delivery } from '../axis/axis.store.ts';
import type { Twist } from '../axis/faults.ts';
import type { Mailbox } from '../axis/mailbox.ts';
import { documentPost, referenceTo, statusPost, type PartnerDocument, type Post } from './partner-messages.ts';
import { addStep, dropSteps, dueSteps, plannedSteps, rememberDocument, rememberedDocument, takeStep, type StepRow } from './partners.store.ts';
import type { PartnerScript } from './script.ts';

/** What one tick did: messages that partners took in and sent, and steps that they still plan. */
export type PartnerTick = { readonly tick: number; readonly heard: number; readonly sent: number; readonly planned: number };

export type Partners = {
  /** One tick: every partner reads what waits for it, then does what is due. Calls are served one after another. */
  readonly advance: () => Promise<PartnerTick>;
};

type Own = { readonly to: PartnerScript['to'][number]; readonly number: number; readonly day: string };
type FollowUp = Exclude<PartnerScript['sends'][number], 'document'>;
type PartnerAction =
  | { readonly do: 'status'; readonly code: string; readonly about: EdxmlResponseFor; readonly description: string }
  | { readonly do: 'reply'; readonly about: EdxmlResponseFor; readonly to: PartnerScript['to'][number] }
  | { readonly do: 'send'; readonly to: PartnerScript['to'][number]; readonly then: PartnerScript['sends'][number] }
  | { readonly do: FollowUp; readonly own: Own };

const acceptance: readonly (readonly [code: string, description: string])[] = [
  ['01', 'Văn bản đã đến'],
  ['03', 'Đã tiếp nhận, vào sổ văn bản đến'],
  ['04', 'Đã phân công xử lý'],
  ['05', 'Đang xử lý'],
  ['06', 'Đã hoàn thành'],
];

/**
 * Agencies at the other end, played by the axis. They talk through the same mailbox in real edXML and know nothing
 * but what was sent to them. What they plan is kept in the store: a message goes out and its step is struck out in
 * one transaction, so that a crash neither repeats nor loses it.
 */
export function createPartners(options: {
  readonly scripts: readonly PartnerScript[];
  readonly db: PlainDb;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  /** agencies that messages can be sent to */
  readonly takes: (code: string) => boolean;
  /** how a posted message goes astray */
  readonly twist: () => Twist;
}): Partners {
  const { db, mailbox } = options;
  const byCode = new Map(options.scripts.map((script) => [script.agency.code, script]));
  let turn: Promise<unknown> = Promise.resolve();

  function plan(tx: WriteDb, script: PartnerScript, about: string, actions: readonly PartnerAction[], tick: number): void {
    for (const [at, action] of actions.entries()) {
      addStep(tx, { partner: script.agency.code, dueTick: tick + at * script.every, about, action: JSON.stringify(action) });
    }
  }

  /** Plans, once for all, what a partner sends of itself. */
  function start(script: PartnerScript, tick: number): void {
    const note = `partner-started:${script.agency.code}`;
    if (noteOf(db.read, note) !== undefined) return;
    db.write((tx) => {
      saveNote(tx, note, String(tick));
      for (const to of script.to) {
        const actions = script.sends.map((then): PartnerAction => ({ do: 'send', to, then }));
        plan(tx, script, '', actions, tick);
      }
    });
  }

  async function hear(script: PartnerScript, delivery: Delivery, tick: number): Promise<void> {
    const bytes = mailbox.bytesOf(delivery.docId);
    const read = bytes === undefined ? undefined : await readEdxmlHead(bytesSource(bytes));
    if (read?.ok !== true) {
      mailbox.mark(delivery.docId, 'fail');
      return;
    }
    const message = read.value;
    mailbox.mark(delivery.docId, 'done', (tx) => {
      if (message.kind === 'document') hearDocument(tx, script, message, tick);
      else hearStatus(tx, script, message, tick);
    });
  }

  function hearDocument(tx: WriteDb, script: PartnerScript, { header, business }: EdxmlDocument, tick: number): void {
    const code = fullCode(header.code);
    const { documentId } = header;
    const about = { organId: header.from.organId, code, documentId, promulgationDate: header.promulgationInfo.promulgationDate };
    const kind = business.bussinessDocType;
    if (kind === '1' || kind === '2') {
      const meant = business.documentId === '' ? documentId : business.documentId;
      answerTakeBack(tx, script, { about, meant, recall: kind === '1', tick });
      return;
    }
    // The same document again, by another delivery, is taken in and not acted on twice (axis.md §1.5).
    if (rememberedDocument(tx, script.agency.code, documentId, code) !== undefined) return;
    rememberDocument(tx, script.agency.code, documentId, code);
    if (kind === '3') for (const old of business.replacements) dropSteps(tx, script.agency.code, old.documentId);
    const status = ([statusCode, description]: readonly [string, string]): PartnerAction => ({ do: 'status', code: statusCode, about, description });
    if (script.document === 'refuse') {
      plan(tx, script, documentId, [...acceptance.slice(0, 1), ['02', script.refusal] as const].map(status), tick);
    }
    if (script.document === 'accept') {
      const to = { code: header.from.organId, name: header.from.organName };
      const reply: readonly PartnerAction[] = script.reply ? [{ do: 'reply', about, to }] : [];
      plan(tx, script, documentId, [...acceptance.map(status), ...reply], tick);
    }
  }

  function hearStatus(tx: WriteDb, script: PartnerScript, status: EdxmlStatus, tick: number): void {
    // Everything else is about the partner's own documents and needs no answer.
    if (status.statusCode !== '13') return;
    const about = { ...status.responseFor, organId: status.from.organId };
    answerTakeBack(tx, script, { about, meant: about.documentId, recall: true, tick });
  }

  function answerTakeBack(
    tx: WriteDb,
    script: PartnerScript,
    { about, meant, recall, tick }: { about: EdxmlResponseFor; meant: string; recall: boolean; tick: number },
  ): void {
    if (script.takeBack === 'silent') return;
    const known = rememberedDocument(tx, script.agency.code, meant, about.code);
    const agreed = known !== undefined && script.takeBack === 'agree';
    if (agreed && recall) dropSteps(tx, script.agency.code, known);
    const what = recall ? 'lấy lại' : 'cập nhật';
    const why = known === undefined ? 'Không tìm thấy văn bản' : `Từ chối ${what}: văn bản đã được xử lý`;
    const answer = { do: 'status', code: agreed ? '15' : '16', about, description: agreed ? `Đồng ý ${what}` : why } as const;
    // Of its own, so that a later recall of the same document does not strike out this answer.
    plan(tx, script, '', [answer], tick);
  }

  function postOf(script: PartnerScript, action: PartnerAction, number: number, at: Date): Post {
    const from = script.agency;
    const day = wireInstant(at).slice(0, 10);
    switch (action.do) {
      case 'status':
        return statusPost(from, action.about, action.code, action.description, at);
      case 'reply': {
        const subject = `V/v trả lời văn bản số ${action.about.code}`;
        return documentPost({ from, to: action.to, number, day, subject, responseFor: [action.about], business: {} }, at);
      }
      case 'send':
        return documentPost(ownDocument(from, { to: action.to, number, day }), at);
      case 'recall-status': {
        const about = { ...referenceTo({ from, ...action.own }), organId: action.own.to.code };
        return statusPost(from, about, '13', 'Đề nghị lấy lại do gửi nhầm nơi nhận', at);
      }
      case 'recall-document':
        return documentPost({ ...ownDocument(from, action.own), business: { bussinessDocType: '1', bussinessDocReason: 'Thu hồi do gửi nhầm nơi nhận' } }, at);
      case 'update': {
        const { documentId } = referenceTo({ from, ...action.own });
        const documentInfo = { documentInfo: '1', documentReceiver: '0', receivers: [] };
        const business = { bussinessDocType: '2', bussinessDocReason: 'Sửa trích yếu', documentId, documentInfo } as const;
        const own = ownDocument(from, action.own);
        return documentPost({ ...own, subject: `${own.subject} (đã cập nhật)`, business }, at);
      }
      case 'replace': {
        const { documentId, code } = referenceTo({ from, ...action.own });
        const replacements = [{ documentId, organIds: [action.own.to.code] }];
        const business = { bussinessDocType: '3', bussinessDocReason: 'Sai nội dung', replacements } as const;
        return documentPost({ ...ownDocument(from, { ...action.own, number, day }), subject: `V/v thay thế văn bản số ${code}`, business }, at);
      }
    }
  }

  /** Does one step. A number is used up together with the message that bears it. */
  function perform(step: StepRow, tick: number): number {
    const script = byCode.get(step.partner);
    if (script === undefined) return 0;
    const action = JSON.parse(step.action) as PartnerAction;
    const at = options.clock.now();
    const numberNote = `partner-number:${step.partner}`;
    const before = noteOf(db.read, numberNote);
    const number = before === undefined ? script.firstNumber : Number(before) + 1;
    const numbered = action.do === 'reply' || action.do === 'send' || action.do === 'replace';
    const { message, bytes } = postOf(script, action, number, at);
    if (!message.to.every(options.takes)) {
      db.write((tx) => takeStep(tx, step.seq));
      return 0;
    }
    const also = (tx: WriteDb): boolean => {
      if (!takeStep(tx, step.seq)) return false;
      if (numbered) saveNote(tx, numberNote, String(number));
      if (action.do === 'send' && action.then !== 'document') {
        const own = { to: action.to, number, day: wireInstant(at).slice(0, 10) };
        plan(tx, script, '', [{ do: action.then, own }], tick + script.every);
      }
      return true;
    };
    return mailbox.post(message, bytes, { ...options.twist(), also }).deliveries.length > 0 ? 1 : 0;
  }

  async function oneTick(): Promise<PartnerTick> {
    const tick = Number(noteOf(db.read, 'tick') ?? 0) + 1;
    db.write((tx) => {
      saveNote(tx, 'tick', String(tick));
    });
    let heard = 0;
    for (const script of options.scripts) {
      start(script, tick);
      for (const messageType of ['edoc', 'status'] as const) {
        for (const delivery of mailbox.waiting([script.agency.code], messageType)) {
          await hear(script, delivery, tick);
          heard += 1;
        }
      }
    }
    let sent = 0;
    for (const step of dueSteps(db.read, tick)) sent += perform(step, tick);
    return { tick, heard, sent, planned: plannedSteps(db.read) };
  }

  return {
    advance() {
      const mine = turn.then(oneTick);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function ownDocument(from: PartnerDocument['from'], { to, number, day }: Own): PartnerDocument {
  const subject = `V/v phối hợp công tác, văn bản thứ ${String(number)}`;
  return { from, to, number, day, subject, responseFor: [], business: {} };
}
