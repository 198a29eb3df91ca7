import { z } from 'zod';
import { practiceCorrespondents } from '../documents/correspondents.ts';
import { partnerNotation } from './partner-messages.ts';

const agency = z.strictObject({ code: z.string().min(1).max(35), name: z.string().min(1).max(200) });

/**
 * How an agency at the other end behaves. Time is counted in ticks, so that the same script plays the same way however
 * fast the clock goes.
 * - `document`: what it does with a document of ours: takes it through statuses 01, 03, 04, 05, 06; refuses it (01,
 *   02); or never says anything
 * - `takeBack`: answers a recall (status 13, or a document of kind 1) and an update (kind 2) with 15 or 16
 * - `reply`: answers an accepted document by one of its own, which names ours in `ResponseFor`
 * - `sends`: what it sends of itself to each of `to`, one after another: a document, and what it does with it
 *   afterwards: recall by status, recall by a message, an update, a replacement
 */
export const PartnerScript = z.strictObject({
  agency,
  document: z.enum(['accept', 'refuse', 'silent']).default('accept'),
  takeBack: z.enum(['agree', 'decline', 'silent']).default('agree'),
  reply: z.boolean().default(false),
  sends: z.array(z.enum(['document', 'recall-status', 'recall-document', 'update', 'replace'])).default([]),
  to: z.array(agency).default([]),
  refusal: z.string().min(1).max(500).default('Văn bản gửi không đúng thẩm quyền giải quyết của cơ quan.'),
  /** ticks between two steps */
  every: z.number().int().min(1).max(1000).default(1),
  /** number of its first document */
  firstNumber: z.number().int().min(1).default(1),
});
export type PartnerScript = z.output<typeof PartnerScript>;

/** A partner of each kind, played by the practice correspondents; `to` are the agencies that they write to. */
export function practicePartners(to: PartnerScript['to']): readonly PartnerScript[] {
  const kinds: readonly Partial<PartnerScript>[] = [
    { document: 'accept', reply: true, sends: ['document'] },
    { document: 'accept', takeBack: 'agree', sends: ['recall-status'] },
    { document: 'accept', takeBack: 'decline', sends: ['update'] },
    { document: 'accept', every: 3, sends: ['replace'] },
    { document: 'refuse', sends: ['recall-document'] },
    { document: 'silent', takeBack: 'silent' },
  ];
  return practiceCorrespondents.map(({ code, name }, at) =>
    PartnerScript.parse({ ...kinds[at % kinds.length], agency: { code, name }, to }),
  );
}

/**
 * The same scripts for a station that has documents of theirs already: their numbers go on behind those, as an axis
 * that remembers nothing would give them twice.
 * @param received DocumentIds, `<code>,<yyyy/MM/dd>,<number>/<notation>`
 */
export function numberedAfter(scripts: readonly PartnerScript[], received: readonly string[]): readonly PartnerScript[] {
  return scripts.map((script) => {
    const { code } = script.agency;
    const end = `/${partnerNotation(code)}`;
    const numbers = received
      .filter((id) => id.startsWith(`${code},`) && id.endsWith(end))
      .map((id) => Number(id.slice(id.lastIndexOf(',') + 1, -end.length)))
      .filter((number) => Number.isSafeInteger(number));
    return { ...script, firstNumber: Math.max(script.firstNumber, ...numbers.map((number) => number + 1)) };
  });
}
