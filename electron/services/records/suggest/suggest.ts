import type { Candidate, PagePlace, SuggestedField, Suggestion } from '#contract';
import { decoderFor } from '../text/legacy-letters.ts';
import type { PdfText } from '../text/pdf-text.ts';
import { codeOf } from './code.ts';
import { issueFacts } from './dates.ts';
import { flowOf } from './flow.ts';
import { headOf } from './head.ts';
import { issuerOf } from './issuer.ts';
import { dueDates, secretMark, urgencyOf } from './marks.ts';
import { sheetsOf } from './segments.ts';
import { signerOf } from './signer.ts';
import { kindAndSubject } from './subject.ts';

export type Suggestions = {
  readonly fields: readonly Suggestion[];
  /** a stamp of State secrecy on the first page, as it is printed */
  readonly secret: { readonly words: string; readonly place: PagePlace } | null;
};

/**
 * What a document says of itself, field by field, with the place where it says so: rules over the layout of NĐ 30/2020
 * annex I, and over what is done in practice. Only reads; the same text gives the same suggestions.
 */
export function suggestFields(text: PdfText): Suggestions {
  const decode = decoderFor(text.text);
  const sheets = sheetsOf({ ...text, items: text.items.map((item) => ({ ...item, text: decode(item.text) })) });
  const [first] = sheets;
  const pages: Suggestion[] = text.pages === 0 ? [] : [only('pageAmount', { value: String(text.pages), confidence: 'sure', rule: 'file-pages', places: [] })];
  if (first === undefined || first.segments.length === 0) return { fields: pages, secret: null };
  const head = headOf(first);
  const flow = flowOf(sheets);
  const code = codeOf(head);
  const issue = issueFacts(head);
  const issuer = issuerOf(head, code.line, flow.text);
  const { kind, subject } = kindAndSubject(head, code.line, code.notation?.value);
  const signer = signerOf(sheets, flow.text, head.signed);
  const [due, ...laterDue] = dueDates(flow, issue.date?.value, kind.best?.value, code.notation?.value);
  const fields: Suggestion[] = [
    { field: 'codeNumber', best: code.number ?? null, others: code.others.map((one) => one.number) },
    { field: 'codeNotation', best: code.notation ?? null, others: code.others.map((one) => one.notation) },
    { field: 'issuedDate', best: issue.date ?? null, others: issue.others },
    only('place', issue.place ?? null),
    { field: 'issuerName', ...issuer },
    { field: 'typeName', ...kind },
    only('subject', subject),
    { field: 'signerName', best: signer.name, others: signer.others },
    only('signerPosition', signer.position),
    only('signerCompetence', signer.competence),
    only('urgency', urgencyOf(head)),
    { field: 'dueDate', best: due ?? null, others: laterDue },
    ...pages,
  ];
  return { fields: fields.filter(({ best, others }) => best !== null || others.length > 0), secret: secretMark(head) };
}

function only(field: SuggestedField, best: Candidate | null): Suggestion {
  return { field, best, others: [] };
}
