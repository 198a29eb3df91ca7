import type { BatchFields, ReceiptFields } from '#contract';

/** What is typed of a batch or a receipt. `party`: the archive of the one, the sender of the other. */
export type FrameDraft = {
  readonly title: string;
  readonly agreement: string;
  readonly turn: string;
  readonly giverName: string;
  readonly giverPosition: string;
  readonly takerName: string;
  readonly takerPosition: string;
  readonly media: string;
  readonly note: string;
  readonly partyName: string;
  readonly partyCode: string;
  /** of a receipt; '' not registered */
  readonly registered: string;
};

export const emptyFrame: FrameDraft = { title: '', agreement: '', turn: '1', giverName: '', giverPosition: '', takerName: '', takerPosition: '', media: '', note: '', partyName: '', partyCode: '', registered: '' };

/** Fields that are there, as they are typed. */
export function draftOf(fields: BatchFields | ReceiptFields): FrameDraft {
  const { title, agreement, turn, giver, taker, media, note } = fields;
  const party = 'archive' in fields ? fields.archive : fields.sender;
  const registered = 'registered' in fields && fields.registered !== null ? String(fields.registered) : '';
  return { title, agreement, turn: String(turn), giverName: giver.name, giverPosition: giver.position, takerName: taker.name, takerPosition: taker.position, media, note, partyName: party.name, partyCode: party.code, registered };
}

/** What the next one has from the one before: the same parties and persons. */
export function nextOf(before: FrameDraft): FrameDraft {
  return { ...before, title: '', agreement: '', note: '', registered: '', turn: String(Math.min(99, Number(before.turn) + 1)) };
}

const codeForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,34}$/;

/** Fields that keep a draft from being saved. */
export function faultsOf(draft: FrameDraft): ReadonlySet<keyof FrameDraft> {
  const faults = new Set<keyof FrameDraft>();
  if (draft.title.trim() === '') faults.add('title');
  if (draft.partyName.trim() === '') faults.add('partyName');
  if (!codeForm.test(draft.partyCode.trim())) faults.add('partyCode');
  if (!/^\d{1,2}$/.test(draft.turn) || Number(draft.turn) < 1) faults.add('turn');
  if (!/^\d{0,6}$/.test(draft.registered)) faults.add('registered');
  return faults;
}

const frameOf = (draft: FrameDraft): Omit<BatchFields, 'archive'> => ({
  title: draft.title.trim(),
  agreement: draft.agreement.trim(),
  turn: Number(draft.turn),
  giver: { name: draft.giverName.trim(), position: draft.giverPosition.trim() },
  taker: { name: draft.takerName.trim(), position: draft.takerPosition.trim() },
  media: draft.media.trim(),
  note: draft.note.trim(),
});
const partyOf = (draft: FrameDraft): BatchFields['archive'] => ({ name: draft.partyName.trim(), code: draft.partyCode.trim() });

export function batchFieldsOf(draft: FrameDraft): BatchFields {
  return { ...frameOf(draft), archive: partyOf(draft) };
}

export function receiptFieldsOf(draft: FrameDraft): ReceiptFields {
  return { ...frameOf(draft), sender: partyOf(draft), registered: draft.registered === '' ? null : Number(draft.registered) };
}
