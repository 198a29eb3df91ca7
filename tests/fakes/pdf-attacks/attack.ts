import type { Facts } from './desk.ts';
import type { Level, Scene } from './scene.ts';

export type Expected = 'undecided' | 'suspicious' | 'forbidden' | 'broken';

/** One way to spoil a signed letter. */
export type Attack = {
  readonly name: string;
  /** of signing.md §3 */
  readonly class: string;
  readonly forge: (scene: Scene) => Buffer | Promise<Buffer>;
  readonly expected: Expected | ((level: Level) => Expected);
  /** the row of the policy that must name it; of what is broken, the one that says so too */
  readonly row?: string;
  readonly facts?: Facts;
  /** other bodies in the letter that is signed */
  readonly letter?: Record<number, string>;
  /** only for these; all where nothing is said */
  readonly forms?: readonly Scene['form'][];
  readonly levels?: readonly Level[];
  readonly lock?: true;
};

/** Suspicious where no level 1 forbids all. */
export const look = (level: Level): Expected => (level === 1 ? 'forbidden' : 'suspicious');
/** What nobody can know yet, where no level 1 forbids all. */
export const wait = (level: Level): Expected => (level === 1 ? 'forbidden' : 'undecided');
/** Only level 3 lets annotations be, and then somebody must look. */
export const annotation = (level: Level): Expected => (level === 3 ? 'suspicious' : 'forbidden');
