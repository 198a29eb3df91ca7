import { expect } from 'vitest';
import { formOf, objectOf, revisionChanges, viewOf, type PdfDictionary } from '../../../electron/foundation/pdf/index.ts';
import { good } from '../../fakes/pki/pki.ts';
import { opened } from '../../unit/foundation/pdf/make.ts';

/**
 * What strict difference analysis lets pass between two signatures (ISO 32000-1 12.8.2.2, form filling and signing): objects
 * are added; of those that were there only the named fields change, and of these only the value and the appearance.
 * `before` is the file as the earlier signature covers it, `after` what came in one increment.
 */
export function expectOnlyFilled(before: Buffer, after: Buffer, fields: readonly string[]): void {
  const file = opened(after);
  const changes = good(revisionChanges(file, file.revisions.length - 1));
  expect(opened(before).revisions.length).toBe(file.revisions.length - 1);
  expect({ freed: changes.freed, changedUnnamed: changes.changedUnnamed }).toEqual({ freed: [], changedUnnamed: [] });
  const known = good(formOf(viewOf(opened(before))))?.fields ?? [];
  const numbers = new Map(known.map(({ name, number }) => [number, name]));
  expect(changes.changed.map((number) => numbers.get(number) ?? `object ${String(number)}`).sort()).toEqual([...fields].sort());
  for (const number of changes.changed) {
    const [old, now] = [entriesOf(before, number), entriesOf(after, number)];
    const different = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
    expect(different.sort()).toEqual(['AP', 'V']);
  }
}

function entriesOf(bytes: Buffer, number: number): ReadonlyMap<string, string> {
  const one = good(objectOf(viewOf(opened(bytes)), number));
  const dictionary = one?.value as PdfDictionary;
  return new Map([...dictionary.entries].map(([key, value]) => [key, Buffer.from(one?.holder.source.slice(value.from, value.to) ?? []).toString('latin1')]));
}
