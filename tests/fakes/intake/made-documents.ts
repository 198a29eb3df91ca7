import type { DocumentFonts } from '../../../electron/services/records/print/sheet.ts';
import { decreeForm } from '../../../electron/services/practice/documents/decree-form.ts';
import { drawnDocument, plainLayout, type Layout } from './drawn-document.ts';
import { factsOf, type DocumentFacts } from './facts.ts';

export type MadeDocument = {
  readonly name: string;
  readonly facts: DocumentFacts;
  readonly bytes: () => Promise<Uint8Array>;
};

const deviations: readonly (readonly [name: string, Partial<Layout>])[] = [
  ['plain', {}],
  ['words apart', { runs: 'words' }],
  ['letters apart', { runs: 'letters' }],
  ['right column first', { order: 'right-first', runs: 'words' }],
  ['shuffled', { order: 'shuffled' }],
  ['decomposed', { decomposed: true }],
  ['TCVN3', { letters: 'tcvn3' }],
  ['VNI', { letters: 'vni' }],
  ['all bold', { allBold: true }],
  ['narrow gap', { gap: 9 }],
  ['narrow gap, letters', { gap: 8, runs: 'letters' }],
  ['number and date in widgets', { number: 'widget', date: 'widget' }],
  ['number in a loose widget', { number: 'loose' }],
  ['spaces in the symbol', { number: 'spaced' }],
  ['date over two lines', { date: 'two-lines' }],
  ['date with slashes', { date: 'slashes' }],
  ['number and date in one run', { oneRun: true }],
  ['stamp of arrival', { arrival: 'content' }],
  ['stamp of arrival as an annotation', { arrival: 'annotation' }],
  ['gazette', { gazette: true }],
  ['about with colon', { about: 'V/v: ' }],
  ['about in small letters', { about: 'v/v ' }],
  ['kind pulled apart', { pulledKind: true }],
  ['signing block', { signingBlock: true }],
  ['rank', { rank: 'Thượng tá ' }],
  ['degree', { rank: 'TS. ' }],
  ['name in capitals', { capitalName: true }],
  ['annex with a form', { annex: true }],
  ['widgets, stamp and signing block', { number: 'widget', date: 'widget', arrival: 'content', signingBlock: true, runs: 'words' }],
];

/**
 * Documents in decree form and in the forms that are met in practice, each with what must be read off it. Another `round`
 * gives others, on which the rules were not made.
 */
export function madeDocuments(fonts: DocumentFonts, round = 0): readonly MadeDocument[] {
  const decree = Array.from({ length: 24 }, (_, at): MadeDocument => {
    const made = factsOf(100_000 * round + 1000 + at);
    // Its stamp says HỎA TỐC for both.
    const facts: DocumentFacts = made.urgency === 4 ? { ...made, urgency: 3 } : made;
    return { name: `decree form ${String(at + 1)}`, facts, bytes: () => decreeForm(formOf(facts), fonts) };
  });
  const drawn = deviations.flatMap(([name, deviation], at) =>
    [0, 1].map((which): MadeDocument => {
      const facts = factsOf(100_000 * round + 7 + at * 13 + which * 1009);
      return { name: `${name} ${String(which + 1)}`, facts, bytes: () => drawnDocument(facts, { ...plainLayout, ...deviation }, fonts) };
    }),
  );
  return [...decree, ...drawn];
}

function formOf(facts: DocumentFacts): Parameters<typeof decreeForm>[0] {
  return {
    superior: facts.superior.join(' '),
    agency: facts.agency,
    number: facts.number,
    notation: facts.notation,
    place: facts.place,
    date: facts.date,
    kind: facts.kind,
    subject: facts.subject,
    addressees: facts.addressees,
    urgency: facts.urgency,
    body: facts.body.map((text) => ({ text })),
    recipients: ['Như trên', 'Lưu: VT'],
    signer: { authority: facts.authority, position: facts.position, fullName: facts.signer },
  };
}
