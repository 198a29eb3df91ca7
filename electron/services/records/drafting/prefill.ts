import { fail, ok, type CodeOf, type Contract, type DraftFields, type Outcome, type OutgoingDetail, type OutputOf, type ParsedInputOf } from '#contract';
import type { ReadDb } from '../../../store/index.ts';
import { actorOf, personOf, unitOf } from '../../people/index.ts';
import { getIncoming } from '../incoming.store.ts';
import { getOutgoing } from '../outgoing.store.ts';
import { officePlace } from './draft.store.ts';

type Method = Contract['drafting']['prefill'];

/** What a new draft begins with: the office's own, or what follows from the document that it answers, corrects or replaces. */
export function prefill(db: ReadDb, input: ParsedInputOf<Method>): Outcome<OutputOf<Method>, CodeOf<Method>> {
  const fields: DraftFields = { ...emptyDraft, place: officePlace(db), unitName: ownUnit(db) };
  if (input.as === 'new') return ok({ fields, about: null });
  if (input.as === 'reply') {
    const incoming = getIncoming(db, input.incoming);
    if (incoming === undefined) return fail('not-found');
    return ok({
      fields: replyTo(fields, incoming),
      about: { id: incoming.id, code: codeOf(incoming), subject: incoming.subject },
    });
  }
  const document = getOutgoing(db, input.document);
  if (document === undefined) return fail('not-found');
  return ok({
    fields: input.as === 'correction' ? correctionOf(fields, document) : replacementOf(fields, document),
    about: { id: document.id, code: codeOf(document), subject: document.subject },
  });
}

/** The unit of an officer, who drafts for it; nothing for the clerk, who writes down what any unit brings. */
function ownUnit(db: ReadDb): string {
  const { person, roles } = actorOf(db);
  if (person === null || roles.includes('clerk')) return '';
  return unitOf(db, personOf(db, person)?.unit ?? '')?.name ?? '';
}

const emptyDraft: DraftFields = {
  typeName: 'Công văn',
  subject: '',
  place: '',
  urgency: 0,
  secrecy: 0,
  dueDate: null,
  language: 'Tiếng Việt',
  pageAmount: null,
  description: '',
  unit: null,
  unitName: '',
  body: '',
  signerAuthority: '',
  authorityLines: [],
  signerPosition: '',
  signerName: '',
  toPlaces: ['Lưu: VT.'],
  recipients: [],
  paperRecipients: [],
  issuedAmount: null,
  keepUnit: 'VT',
  fileCatalog: null,
  fileNotation: '',
  repliesTo: null,
  corrects: null,
  replaces: null,
};

function replyTo(fields: DraftFields, incoming: NonNullable<ReturnType<typeof getIncoming>>): DraftFields {
  const { issuerOrganId: organId, issuerName: name } = incoming;
  return {
    ...fields,
    subject: cut(`trả lời ${calledAs(incoming.typeName, codeOf(incoming), incoming.issuedDate)} của ${name}`),
    urgency: incoming.urgency,
    recipients: organId === '' ? [] : [{ organId, name }],
    toPlaces: ['Như trên;', 'Lưu: VT.'],
    repliesTo: incoming.id,
  };
}

/** What is wrong in form or procedure is put right by a letter of correction (NĐ 30/2020 art. 18.3). */
function correctionOf(fields: DraftFields, document: OutgoingDetail): DraftFields {
  return {
    ...fields,
    ...sameWay(document),
    subject: cut(`đính chính ${calledAs(document.typeName, codeOf(document), document.issuedDate)}`),
    corrects: document.id,
  };
}

/** What is wrong in content is amended or replaced by a document of the same form (art. 18.3). */
function replacementOf(fields: DraftFields, document: OutgoingDetail): DraftFields {
  return { ...fields, ...sameWay(document), typeName: document.typeName, subject: document.subject, body: document.body, replaces: document.id };
}

function sameWay(document: OutgoingDetail): Partial<DraftFields> {
  const { place, signerName, signerPosition, signerAuthority, toPlaces, plannedTo, paperTo, keepUnit, unitName, urgency } = document;
  const authorityLines = document.signerCompetence === '' ? [] : document.signerCompetence.split(', ').slice(0, 4);
  return { place, signerName, signerPosition, signerAuthority, authorityLines, toPlaces, recipients: plannedTo, paperRecipients: paperTo, keepUnit, unitName, urgency };
}

function codeOf({ codeNumber, codeNotation }: Pick<OutgoingDetail, 'codeNumber' | 'codeNotation'>): string {
  return [codeNumber, codeNotation].filter((part) => part !== '').join('/');
}

function calledAs(typeName: string, code: string, day: string | null): string {
  const on = day === null ? '' : ` ngày ${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
  return `${typeName === '' ? 'văn bản' : typeName} số ${code}${on}`;
}

function cut(subject: string): string {
  return subject.slice(0, 500);
}
