import { currentCrl, signedWith, stampedWith } from '../../integration/verification/world.ts';
import { tokenOver } from '../../integration/verification/cms.ts';
import type { TestPki } from '../pki/pki.ts';
import { attacks } from './corpus.ts';
import { stamped } from './honest.ts';
import { at, letter, stream, type Form } from './letter.ts';
import { changed, edited, inkPicture, leaderField, scene, signedOnce, type Level, type Scene } from './scene.ts';

/** A forged file that is more than one thing; what its oldest signature is may be told, but never as good. */
export type CombinedFile = { readonly how: string; readonly name: string; readonly bytes: Buffer };

type Base = { readonly how: string; readonly scene: Scene };

/** The letter at the higher levels of EN 319 142-1: with a time-stamp, with everything to prove it, and with a stamp upon that. */
export async function higher(pki: TestPki, form: Form, level: Level): Promise<readonly Base[]> {
  const bare = await scene(pki, form, level);
  const wish = { field: leaderField, appearance: inkPicture('strokes'), ...(level === 'none' ? {} : { certify: level }) };
  const token = (value: Uint8Array): Buffer => tokenOver(pki, 'tsa', [value], new Date('2026-11-20T02:10:00Z'));
  const withToken = { ...bare, bytes: stampedWith(pki, { signer: 'leader' }, [token], { base: letter(form), signer: 'leader', wish }) };
  const lists = await Promise.all(['g2ca', 'g2root'].map((id) => currentCrl(pki, id)));
  const data = [...['leader', 'g2ca', 'g2root'].map((id) => pki.der(id)), ...lists];
  const proven = {
    ...bare,
    bytes: changed(withToken, {
      [at.catalog]: edited(withToken.bytes, at.catalog, '/Pages 2 0 R', '/Pages 2 0 R/DSS 300 0 R'),
      300: '<</Type/DSS/Certs[301 0 R 302 0 R 303 0 R]/CRLs[304 0 R 305 0 R]>>',
      ...Object.fromEntries(data.map((der, index) => [301 + index, stream('', der.toString('latin1'))])),
    }),
  };
  return [
    { how: 'on a file of level B-T', scene: withToken },
    { how: 'on a file of level B-LT', scene: proven },
    { how: 'on a file of level B-LTA', scene: { ...proven, bytes: stamped(bare, proven.bytes) } },
  ];
}

/** What a forger does afterwards so that the newest revision is honest. */
export const covers: readonly (readonly [how: string, cover: (s: Scene, bytes: Buffer) => Buffer | Promise<Buffer>])[] = [
  ['then signed honestly by the same agency', (s, bytes) => signedOnce(s.pki, bytes, 'agency', {})],
  ['then signed honestly by the very signer', (s, bytes) => signedOnce(s.pki, bytes, 'leader', {})],
  ['then signed by somebody who says that he is the agency', (s, bytes) => signedWith(s.pki, { signer: 'claimant' }, { base: bytes, signer: 'claimant' })],
  ['then stamped by an honest authority', (s, bytes) => stamped(s, bytes)],
  ['then stamped by an unknown authority', (s, bytes) => stamped(s, bytes, 'strangetsa')],
];

/** Says only that no such file can be made: our own writer refuses what it cannot read, and an object may be gone. */
async function made(make: () => Buffer | Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

/** Every attack on files of higher levels, hidden behind what is honest, and two at once; `undefined` where none can be made. */
export async function* combinedFiles(pki: TestPki): AsyncGenerator<CombinedFile | { readonly how: string; readonly bytes: undefined }> {
  for (const [form, level] of [['table', 2], ['packed', 'none'], ['hybrid', 2]] as const) {
    const usual = attacks.filter((one) => one.letter === undefined && one.lock === undefined && (one.forms ?? [form]).includes(form) && (one.levels ?? [level]).includes(level));
    const bare = await scene(pki, form, level);
    const bases = await higher(pki, form, level);
    for (const [index, { name, forge }] of usual.entries()) {
      const alone = await made(() => forge(bare));
      for (const { how, scene: base } of bases) {
        const bytes = await made(() => forge(base));
        yield bytes === undefined ? { how, bytes } : { how, name, bytes };
      }
      for (const [how, cover] of covers) {
        const bytes = alone && (await made(() => cover(bare, alone)));
        yield bytes === undefined ? { how, bytes } : { how, name, bytes };
      }
      const other = usual[(index + 7) % usual.length];
      const both = alone && other && (await made(() => other.forge({ ...bare, bytes: alone })));
      yield both === undefined || other === undefined ? { how: 'and another attack', bytes: undefined } : { how: 'and another attack', name: `${name} + ${other.name}`, bytes: both };
    }
  }
}
