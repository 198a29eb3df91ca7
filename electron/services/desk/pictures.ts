import type { SigningCause, SigningPicture, SigningRole } from '#contract';
import type { Result } from '../../foundation/outcome.ts';
import { BlobDamaged, BlobMissing } from '../../store/index.ts';
import { actorOf, personsNamed } from '../people/index.ts';
import type { ReadPicture } from '../signing/index.ts';
import type { DeskDeps } from './ports.ts';

/** A picture in use, read. `id`: hash of its file */
export type DeskPicture = ReadPicture & { readonly id: string };

export type Pictures = {
  /** The picture that a role shows: the seal, or the signature of who is at the window. */
  readonly of: (role: SigningRole, signer: string) => Promise<Result<DeskPicture, SigningCause>>;
};

const mostBytes = 8 * 1024 * 1024;
/** The seal, and the signatures of a few leaders. */
const mostKept = 8;

/** Reads each picture once: it goes into many files, and is shown beside each. */
export function deskPictures({ store, office, work }: Pick<DeskDeps, 'store' | 'office' | 'work'>): Pictures {
  const kept = new Map<string, Promise<Result<DeskPicture, SigningCause>>>();

  function inUse(role: SigningRole, signer: string): SigningPicture | undefined {
    if (role === 'agency') return office.picture(null);
    const { person } = actorOf(store.read);
    // Where nobody signs in, the one operator signs with the picture of whom the draft names.
    if (person !== null) return office.picture(person);
    return personsNamed(store.read, signer).map((one) => office.picture(one)).find((one) => one !== undefined);
  }

  async function read(picture: SigningPicture): Promise<Result<DeskPicture, SigningCause>> {
    const { sha256 } = picture.file;
    const bytes = await bytesOf(sha256);
    if (bytes === undefined) return { ok: false, failure: { code: 'file-damaged', params: { file: picture.file.name } } };
    const done = await work.picture(bytes, picture.kind, picture.widthMm);
    if (done.ok) return { ok: true, value: { ...done.value, id: sha256 } };
    const { code, ...params } = done.failure;
    return { ok: false, failure: { code: code === 'work-crashed' ? 'sign-crashed' : `sign-${code}`, params } };
  }

  async function bytesOf(sha256: string): Promise<Uint8Array | undefined> {
    try {
      return (await store.blobs.range(sha256, 0, mostBytes)).bytes;
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof BlobDamaged) return undefined;
      throw error;
    }
  }

  return {
    of: (role, signer) => {
      const picture = inUse(role, signer);
      if (picture === undefined) {
        const { person, name } = actorOf(store.read);
        return Promise.resolve({ ok: false, failure: { code: 'sign-picture-missing', params: { kind: role === 'agency' ? 'seal' : 'signature', name: person === null ? signer : name } } });
      }
      const key = `${picture.file.sha256} ${String(picture.widthMm)}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const reading = read(picture);
      kept.set(key, reading);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      // What went wrong may go right the next time.
      void reading.then((done) => { if (!done.ok) kept.delete(key); }, () => kept.delete(key));
      return reading;
    },
  };
}

