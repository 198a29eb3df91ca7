import type { CapturedVerdict, PackageContent, PdfAState } from '../model.ts';
import type { PdfACondition } from '../pdf-a/structure.ts';
import { xmlHead } from './descriptive.ts';
import { idsOf, localTime, objectIdOf } from './ids.ts';
import { element, factOf, textElement } from './mets-parts.ts';
import { storedFiles, type Facts, type PlacedDocument, type PlacedFile } from './placed.ts';
import { signatureInformation } from './premis-signature.ts';

const p = (name: string, text: string): string => textElement(`premis:${name}`, text);
const all = (name: string, ...inner: readonly string[]): string => element(`premis:${name}`, {}, inner.join(''));
const identified = (name: string, type: string, value: string): string => all(`${name}Identifier`, p(`${name}IdentifierType`, type), p(`${name}IdentifierValue`, value));

const start = `${xmlHead}<premis:premis xmlns:premis="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">\n`;
const end = '</premis:premis>\n';

/** PL I.II.3.b, event row 5: the word for making the package; digitising is told as `transfer` by whoever knows of it. */
const creation = 'information package creation';

/** PREMIS.xml of the package (PL I.II.3): the package, how it was made, what else was done to it, and by which program. */
export function packagePremis(content: PackageContent): string {
  const ids = idsOf(content);
  const objectId = objectIdOf(content);
  const object = element('premis:object', { 'xsi:type': 'premis:intellectualEntity' }, identified('object', 'OBJID', objectId));
  const events = [{ type: creation, at: content.createdAt, outcome: 'success', note: '' }, ...content.events];
  const written = events.map(({ type, at, outcome, note }, index) => event({ id: ids.of(`event ${String(index)}`), type, at, outcome, note, ...agentOf(content), object: ['OBJID', objectId] }));
  return `${start}${object}\n${written.join('')}${agent(content)}${end}`;
}

/** PREMIS_rep1.xml: each file with its digest, form, its signatures, and what was found of them when the package was made. */
export function* representationPremis(content: PackageContent, documents: readonly PlacedDocument[], facts: Facts): Generator<string> {
  const ids = idsOf(content);
  yield start;
  for (const file of storedFiles(documents)) {
    const { sha256, size, pdfA } = factOf(facts, file.path);
    const fixity = all('fixity', p('messageDigestAlgorithm', 'SHA-256'), p('messageDigest', sha256));
    const format = all('format', all('formatDesignation', p('formatName', file.mediaType)), ...noteOf(pdfA).map((note) => p('formatNote', note)));
    const characteristics = all('objectCharacteristics', p('compositionLevel', '0'), fixity, p('size', String(size)), format);
    const verdict = verdictOn(file);
    const signatures = verdict === null ? '' : signatureInformation(verdict);
    yield `${element('premis:object', { 'xsi:type': 'premis:file' }, `${identified('object', 'File', ids.file(file.path))}${characteristics}${p('originalName', file.title)}${signatures}`)}\n`;
  }
  for (const file of storedFiles(documents)) {
    const verdict = verdictOn(file);
    if (verdict === null || verdict.indication === 'none') continue;
    yield event({ id: ids.of(`verdict ${file.path}`), type: 'digital signature validation', at: verdict.judgedAt, outcome: verdict.indication, note: signatureNote(verdict), ...agentOf(content), object: ['File', ids.file(file.path)] });
  }
  // The table wants an event here too (PL I.II.3), also where nobody has judged a signature.
  yield event({ id: ids.of('event rep1'), type: creation, at: content.createdAt, outcome: 'success', note: '', ...agentOf(content), object: ['OBJID', objectIdOf(content)] });
  yield `${agent(content)}${end}`;
}

const verdictOn = ({ source }: PlacedFile): CapturedVerdict | null => (source.kind === 'stored' ? source.file.verdict : null);

/** What may honestly be said of PDF/A, in the words of the documentation too. */
export function pdfAWords(state: PdfAState | undefined): string {
  if (state === undefined || state.state === 'not-pdf') return '';
  if (state.state === 'no-declaration-found') return 'không thấy khai PDF/A';
  const found = state.broken.length === 0 ? 'đạt' : `không đạt (${state.broken.map((condition) => conditionWords[condition]).join('; ')})`;
  return `khai là PDF/A-${state.part}${state.conformance.toLowerCase()}; các điều kiểm được: ${found}`;
}

const conditionWords: Readonly<Record<PdfACondition, string>> = {
  readable: 'cấu trúc tệp không đọc được chặt chẽ',
  declaration: 'XMP của tệp không khai phần và mức hợp lệ',
  'not-encrypted': 'tệp có mã hóa',
  'file-id': 'thiếu ID của tệp',
  'fonts-embedded': 'có phông chưa nhúng',
  'output-intent': 'OutputIntent không kèm hồ sơ màu',
  'nothing-external': 'có phần nằm ngoài tệp',
  'no-files-inside': 'có tệp nhúng bên trong',
  'no-scripts': 'có mã lệnh tự chạy',
  'no-xfa': 'có biểu mẫu XFA',
};

function noteOf(state: PdfAState | undefined): readonly string[] {
  const words = pdfAWords(state);
  return words === '' ? [] : [words];
}

function signatureNote({ signatures }: CapturedVerdict): string {
  return signatures.map(({ signer, signedAt, indication, subIndication, reasons, level }) => [signer, signedAt, level, indication, subIndication, ...reasons].filter((part) => part !== '').join(' | ')).join('\n');
}

type Event = { readonly id: string; readonly type: string; readonly at: string; readonly outcome: string; readonly note: string; readonly agentId: string; readonly object: readonly [type: string, value: string] };

function event({ id, type, at, outcome, note, agentId, object }: Event): string {
  const detail = note === '' ? '' : all('eventOutcomeDetail', p('eventOutcomeDetailNote', note));
  return `${all(
    'event',
    identified('event', 'UUID', id),
    p('eventType', type),
    p('eventDateTime', localTime(at)),
    all('eventOutcomeInformation', p('eventOutcome', outcome), detail),
    identified('linkingAgent', 'LOCAL', agentId),
    identified('linkingObject', ...object),
  )}\n`;
}

function agentOf({ software }: PackageContent): { readonly agentId: string } {
  return { agentId: `${software.name} ${software.version}` };
}

function agent(content: PackageContent): string {
  const { name, version } = content.software;
  return `${all('agent', identified('agent', 'LOCAL', agentOf(content).agentId), p('agentName', name), p('agentType', 'software'), p('agentVersion', version))}\n`;
}
