import { fail, ok, EnvelopeSender, type CodeOf, type Contract, type InputOf, type Outcome, type OutputOf } from '#contract';
import { vietnamDay } from '../../../foundation/clock.ts';
import { all, one, sql, type ReadDb } from '../../../store/index.ts';
import { readSetting, saveSetting } from '../../settings/index.ts';
import { getIncoming } from '../incoming.store.ts';
import { getOutgoing } from '../outgoing.store.ts';
import { dispatchNote } from '../print/dispatch-note.ts';
import { envelopes } from '../print/envelope.ts';
import { handlingSlip, type SlipOpinion } from '../print/handling-slip.ts';
import { keepPrinted, printFacts, type PrintingDeps } from './make.ts';

type Slip = Contract['printing']['makeHandlingSlip'];
type Envelopes = Contract['printing']['makeEnvelopes'];
type Note = Contract['printing']['makeDispatchNote'];

/** Phiếu giải quyết văn bản đến with what was directed so far; the rest is left to be written by hand. */
export async function makeHandlingSlip(deps: PrintingDeps, input: InputOf<Slip>): Promise<Outcome<OutputOf<Slip>, CodeOf<Slip>>> {
  const db = deps.store.read;
  const document = getIncoming(db, input.incoming);
  if (document === undefined) return fail('not-found');
  if (document.arrivalNumber === null) return fail('no-arrival-number');
  const facts = printFacts(db, deps.clock);
  const arrivalNumber = String(document.arrivalNumber).padStart(2, '0');
  const bytes = await handlingSlip(
    {
      ...facts,
      arrivalNumber,
      arrivedOn: vietnamDay(new Date(document.arrivedAt)),
      about: {
        typeName: document.typeName,
        code: [document.codeNumber, document.codeNotation].filter((part) => part !== '').join('/'),
        issuedDate: document.issuedDate,
        issuerName: document.issuerName,
        subject: document.subject,
      },
      leader: directionsOf(db, document.id),
      unit: [],
      handler: [],
    },
    deps.fonts(),
  );
  return ok(await keepPrinted(deps, facts, { kind: 'handling-slip', name: `phieu-giai-quyet-${String(document.arrivalYear)}-${arrivalNumber}`, format: 'pdf', bytes, detail: { incoming: document.id } }));
}

function directionsOf(db: ReadDb, document: string): SlipOpinion[] {
  const assignments = all<{ direction: string; name: string; part: string; deadline: string | null }>(
    db,
    sql`SELECT direction, part, deadline,
          unit_name || CASE WHEN unit_name <> '' AND person_name <> '' THEN ' - ' ELSE '' END || person_name AS name
        FROM assignment WHERE document = ${document} AND state <> 'withdrawn' ORDER BY id`,
  );
  return all<{ id: string; text: string; leader_name: string; given_on: string }>(
    db,
    sql`SELECT id, text, leader_name, given_on FROM direction WHERE document = ${document} ORDER BY id`,
  ).map(({ id, text, leader_name, given_on }) => ({
    by: leader_name,
    day: given_on,
    text,
    assignments: assignments
      .filter((one) => one.direction === id)
      .map(({ name, part, deadline }) => ({ name, lead: part === 'lead', deadline })),
  }));
}

const noSender: EnvelopeSender = { address: '', phone: '', fax: '', email: '', website: '' };

/** What stood under the office's name on the envelopes made last. */
export function envelopeSender(db: ReadDb): EnvelopeSender {
  return readSetting(db, 'envelope-sender', EnvelopeSender) ?? noSender;
}

const urgencyWords = ['', 'Khẩn', 'Thượng khẩn', 'Hỏa tốc', 'Hỏa tốc hẹn giờ'] as const;

/** Envelopes for documents that go on paper, one for each addressee; what stands under the office's name is kept for the next. */
export async function makeEnvelopes(deps: PrintingDeps, input: InputOf<Envelopes>): Promise<Outcome<OutputOf<Envelopes>, CodeOf<Envelopes>>> {
  const db = deps.store.read;
  const documents = documentsOf(db, input.outgoing);
  if (documents === undefined) return fail('not-found');
  const facts = printFacts(db, deps.clock);
  const codes = documents.map(codeOf);
  const urgency = urgencyWords[Math.max(...documents.map((one) => one.urgency))] ?? '';
  const bytes = await envelopes({ ...input.from, officeName: facts.officeName, codes, urgency, to: input.to }, input.size, facts.at, deps.fonts());
  deps.store.write((write) => {
    saveSetting(write, 'envelope-sender', input.from, facts.at);
  });
  return ok(await keepPrinted(deps, facts, { kind: 'envelope', name: `bi-${codes[0] ?? ''}`, format: 'pdf', bytes, detail: { outgoing: input.outgoing, to: input.to.map((one) => one.name) } }));
}

/** Phiếu gửi for documents that go on paper to one addressee. */
export async function makeDispatchNote(deps: PrintingDeps, input: InputOf<Note>): Promise<Outcome<OutputOf<Note>, CodeOf<Note>>> {
  const db = deps.store.read;
  const documents = documentsOf(db, input.outgoing);
  if (documents === undefined) return fail('not-found');
  const facts = printFacts(db, deps.clock);
  const bytes = await dispatchNote(
    {
      ...facts,
      code: input.code,
      to: input.to,
      documents: documents.map((one) => ({
        code: codeOf(one),
        issuedDate: one.issuedDate,
        title: one.typeName === '' ? one.subject : `${one.typeName}: ${one.subject}`,
        copies: one.issuedAmount,
        note: '',
      })),
    },
    deps.fonts(),
  );
  return ok(await keepPrinted(deps, facts, { kind: 'dispatch-note', name: `phieu-gui-${input.code === '' ? facts.day : input.code}`, format: 'pdf', bytes, detail: { outgoing: input.outgoing, to: input.to } }));
}

type OutgoingFacts = { codeNumber: string; codeNotation: string; issuedDate: string; typeName: string; subject: string; urgency: number; issuedAmount: number | null };

/** In the order asked for; undefined when one of them is not there. */
function documentsOf(db: ReadDb, ids: readonly string[]): OutgoingFacts[] | undefined {
  const found = ids.map((id) => {
    const document = getOutgoing(db, id);
    const amount = one<{ issued_amount: number | null }>(db, sql`SELECT issued_amount FROM outgoing_document WHERE id = ${id}`);
    return document === undefined ? undefined : { ...document, issuedAmount: amount?.issued_amount ?? null };
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

function codeOf(document: Pick<OutgoingFacts, 'codeNumber' | 'codeNotation'>): string {
  return `${document.codeNumber}/${document.codeNotation}`;
}
