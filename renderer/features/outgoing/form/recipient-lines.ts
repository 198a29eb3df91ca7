import type { DraftFields } from '#contract';
import { namesNobody } from '../../printing/index.ts';

type Party = DraftFields['recipients'][number];

/**
 * Printed lines (nơi nhận) after the electronic recipients changed: who was added gets a line before the one that tells where
 * the copy is kept, who was taken away loses the line that named him. Lines written by hand stay as they are.
 */
export function linesInStep(lines: readonly string[], before: readonly Party[], after: readonly Party[]): string[] {
  const codes = (parties: readonly Party[]): ReadonlySet<string> => new Set(parties.map((one) => one.organId));
  const [had, has] = [codes(before), codes(after)];
  const gone = before.filter((one) => !has.has(one.organId)).map((one) => plain(one.name));
  const kept = lines.filter((line) => !gone.includes(plain(line)));
  const fresh = after
    .filter((one) => !had.has(one.organId) && !kept.some((line) => plain(line) === plain(one.name)))
    .map((one) => `${one.name.slice(0, 148)};`);
  const end = kept.findLastIndex((line) => /^lưu\b/iu.test(line.trim()));
  return end < 0 ? [...kept, ...fresh] : [...kept.slice(0, end), ...fresh, ...kept.slice(end)];
}

/** Electronic recipients that no printed line names, and printed lines that name nobody of them and nobody on paper. */
export function linesApart(fields: Pick<DraftFields, 'toPlaces' | 'recipients' | 'paperRecipients'>): {
  readonly unprinted: readonly string[];
  readonly unsent: readonly string[];
} {
  const lines = fields.toPlaces.map(plain);
  const asAbove = fields.toPlaces.some((line) => /^như trên/iu.test(line.trim()));
  const names = [...fields.recipients, ...fields.paperRecipients].map((one) => plain(one.name));
  return {
    // "Như trên" stands for whoever the letter is addressed to.
    unprinted: asAbove ? [] : fields.recipients.filter((one) => !lines.includes(plain(one.name))).map((one) => one.name),
    unsent: fields.toPlaces.filter((line) => !namesNobody(line) && !names.includes(plain(line))),
  };
}

function plain(line: string): string {
  return line.normalize('NFC').trim().replace(/^[-–•]\s*/, '').replace(/\s*[;.,]+$/, '').replace(/\s+/g, ' ').toLowerCase();
}
