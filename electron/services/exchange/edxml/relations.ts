import type { AttachmentLabel, DocumentToWrite, EdxmlDocument, EdxmlStatus } from './model.ts';
import type { RuleSource, Sureness, ViolationRule } from './rules.ts';
import { dayFromWire } from './values.ts';
import { zipLimit } from './zip.ts';

/** A violation before it is put in order and shortened. `path` counts from `edXMLHeader`. */
export type Finding = {
  readonly path: string;
  readonly rule: ViolationRule;
  readonly value: string;
  readonly limit?: number | string;
  readonly source: RuleSource;
  readonly sure: Sureness;
  readonly hard: boolean;
};

type Writing = DocumentToWrite & {
  readonly kind: 'writing';
  readonly attachments: readonly (AttachmentLabel & { readonly size?: number })[];
};

const bussiness = 'TraceHeaderList/Bussiness';

/** What concerns several elements at once (axis.md §2.2, §2.3, §2.5, §2.8). `today` null = not asked. */
export function relationsOf(message: EdxmlDocument | EdxmlStatus | Writing, today: string | null): readonly Finding[] {
  if (message.kind === 'status') return statusRelations(message);
  const { header, business } = message;
  const found: Finding[] = [...twice(header.to.map((to) => to.organId.trim()), 'MessageHeader/To', '/OrganId', 'B', 'S')];
  const issued = dayFromWire(header.promulgationInfo.promulgationDate);
  if (today !== null && issued !== null && issued > today) {
    const path = 'MessageHeader/PromulgationInfo/PromulgationDate';
    const value = header.promulgationInfo.promulgationDate;
    found.push({ path, rule: 'future', value, limit: today, source: 'B', sure: 'S', hard: false });
  }
  const basis = { source: 'V', sure: 'V' } as const;
  const type = business.bussinessDocType;
  const { documentId, bussinessDocReason, staff, replacements } = business;
  const said = [documentId, bussinessDocReason, ...Object.values(staff)].some((text) => text !== '') || replacements.length > 0;
  if (business.paper.trim() === '' && (type !== '0' || said)) {
    found.push({ path: `${bussiness}/Paper`, rule: 'missing', value: '', ...basis, hard: false });
  }
  if (type === '3' && replacements.length === 0) {
    found.push({ path: `${bussiness}/ReplacementInfoList/ReplacementInfo`, rule: 'replaces-nothing', value: '', ...basis, hard: true });
  }
  const { documentInfo, documentReceiver, receivers } = business.documentInfo;
  if (type === '2' && documentInfo.trim() === '' && documentReceiver.trim() === '' && receivers.length === 0) {
    found.push({ path: `${bussiness}/BussinessDocumentInfo`, rule: 'updates-nothing', value: '', ...basis, hard: true });
  }
  // A recall without a word of why is lawful in form; the receiver will want to know all the same.
  if (type === '1' && bussinessDocReason.trim() === '') {
    found.push({ path: `${bussiness}/BussinessDocReason`, rule: 'no-reason', value: '', source: 'I', sure: 'I', hard: false });
  }
  return [...found, ...(message.kind === 'writing' ? ownFiles(message) : filesOf(message))];
}

function statusRelations(status: EdxmlStatus): readonly Finding[] {
  const found: Finding[] = [];
  const { documentId, code } = status.responseFor;
  // Either of the two tells which document is meant; without both nobody can.
  const hard = documentId.trim() === '' && code.trim() === '';
  for (const [name, value] of [['DocumentId', documentId], ['Code', code]] as const) {
    if (value.trim() !== '' || (hard && name === 'Code')) continue;
    found.push({ path: `MessageHeader/ResponseFor/${name}`, rule: 'missing', value, source: 'V', sure: 'V', hard });
  }
  if (['02', '13', '16'].includes(status.statusCode) && status.description.trim() === '') {
    const path = 'MessageHeader/Description';
    found.push({ path, rule: 'no-reason', value: '', source: 'V', sure: 'V', hard: false });
  }
  return found;
}

/** Manifest and files of a message that came in, joined by their ids. */
function filesOf({ references, attachments }: EdxmlDocument): readonly Finding[] {
  const found: Finding[] = [];
  const basis = { source: 'V', sure: 'V', hard: false } as const;
  for (const [at, row] of references.entries()) {
    if (attachments.some((file) => file.contentId === row.contentId)) continue;
    const value = row.contentId === '' ? row.attachmentName : row.contentId;
    found.push({ path: `Reference${nth(at)}/ContentId`, rule: 'no-attachment', value, ...basis });
  }
  for (const [at, file] of attachments.entries()) {
    if (file.contentId === '') found.push({ path: `Attachment${nth(at)}/ContentId`, rule: 'missing', value: '', ...basis });
    else if (!references.some((row) => row.contentId === file.contentId)) {
      found.push({ path: `Attachment${nth(at)}/ContentId`, rule: 'no-reference', value: file.contentId, ...basis });
    }
    if (file.name.trim() === '') found.push({ path: `Attachment${nth(at)}/AttachmentName`, rule: 'missing', value: '', ...basis });
    // An empty file, or one whose content stands where no reader looks: who opens it must not be the first to see.
    if (file.size === 0) found.push({ path: `Attachment${nth(at)}/ContentTransferEncoded`, rule: 'missing', value: file.name, ...basis });
  }
  const ids = attachments.map((file) => file.contentId);
  return [...found, ...twice(ids, 'Attachment', '/ContentId', 'V', 'V')];
}

/** Files of a message of ours. */
function ownFiles({ attachments }: Writing): readonly Finding[] {
  const found: Finding[] = [];
  const basis = { source: 'V', sure: 'V', hard: true } as const;
  for (const [at, file] of attachments.entries()) {
    for (const [name, value] of [['ContentId', file.contentId], ['AttachmentName', file.name]] as const) {
      if (value.trim() === '') found.push({ path: `Attachment${nth(at)}/${name}`, rule: 'missing', value, ...basis });
    }
    if ((file.size ?? 0) > zipLimit) {
      found.push({ path: `Attachment${nth(at)}`, rule: 'too-long', value: file.name, limit: zipLimit, source: 'I', sure: 'I', hard: true });
    }
  }
  const ids = attachments.map((file) => file.contentId);
  return [...found, ...twice(ids, 'Attachment', '/ContentId', 'V', 'V')];
}

/** Values that stood before; blank ones are missing, not repeated. */
function twice(values: readonly string[], path: string, below: string, source: RuleSource, sure: Sureness): readonly Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  for (const [at, value] of values.entries()) {
    if (value !== '' && seen.has(value)) found.push({ path: `${path}${nth(at)}${below}`, rule: 'twice', value, source, sure, hard: true });
    seen.add(value);
  }
  return found;
}

function nth(at: number): string {
  return at === 0 ? '' : `[${String(at + 1)}]`;
}
