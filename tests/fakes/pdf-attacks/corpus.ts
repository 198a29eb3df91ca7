import type { TestPki } from '../pki/pki.ts';
import type { Attack, Expected } from './attack.ts';
import { contentAttacks } from './attacks-content.ts';
import { fillAttacks } from './attacks-fills.ts';
import { formAttacks } from './attacks-form.ts';
import { pictureAttacks } from './attacks-pictures.ts';
import { practiceAttacks } from './attacks-practice.ts';
import { readerAttacks } from './attacks-readers.ts';
import { structureAttacks } from './attacks-structure.ts';
import type { Facts } from './desk.ts';
import { forms, type Form } from './letter.ts';
import { scene, type Level, type Scene } from './scene.ts';

/** All of them, as they are described. */
export const attacks: readonly Attack[] = [...contentAttacks, ...formAttacks, ...fillAttacks, ...structureAttacks, ...readerAttacks, ...practiceAttacks, ...pictureAttacks];

/** A forged file and what must be found of its oldest signature; nothing here may ever be permitted. */
export type AttackFile = {
  readonly name: string;
  readonly class: string;
  readonly form: Form;
  readonly level: Level;
  readonly bytes: Buffer;
  readonly expected: Expected;
  /** the row of the policy that must be among those that weigh most */
  readonly row: string | undefined;
  /** what is told of later signatures; whoever checks the CMS finds it himself, but for what is invented here */
  readonly facts: Facts;
};

/** Tables at every level that is asked for; the others as they mostly come. */
export function levelsOf(form: Form, levels: readonly Level[] = ['none', 1, 2, 3]): readonly Level[] {
  const usual = levels.filter((level) => level === 'none' || level === 2);
  return form === 'table' || usual.length === 0 ? levels : usual;
}

/** Every attack on every kind of file, certified at level 2 and not; tables at each level. */
export async function* attackFiles(pki: TestPki): AsyncGenerator<AttackFile> {
  const scenes = new Map<string, Scene>();
  for (const attack of attacks) {
    for (const form of attack.forms ?? forms) {
      for (const level of levelsOf(form, attack.levels)) {
        const key = `${form} ${String(level)} ${String(attack.lock)} ${attack.letter === undefined ? '' : attack.name}`;
        const before = scenes.get(key);
        const wish = attack.lock === true ? { lock: { action: 'Include', fields: ['So'] } as const } : {};
        const base = before ?? (await scene(pki, form, level, { ...(attack.letter === undefined ? {} : { letter: attack.letter }), wish }));
        scenes.set(key, base);
        const expected = typeof attack.expected === 'function' ? attack.expected(level) : attack.expected;
        yield { name: attack.name, class: attack.class, form, level, bytes: await attack.forge(base), expected, row: attack.row, facts: attack.facts ?? {} };
      }
    }
  }
}
