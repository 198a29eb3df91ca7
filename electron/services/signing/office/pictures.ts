import { fail, ok, type CodeOf, type Contract, type FileRef, type Handlers, type Outcome, type OutputOf, type ParsedInputOf, type SigningPicture } from '#contract';
import { instantOf, type Clock } from '../../../foundation/clock.ts';
import { BlobDamaged, BlobMissing, type ReadDb, type Store } from '../../../store/index.ts';
import { appendAudit } from '../../audit/index.ts';
import { actorOf, personOf } from '../../people/index.ts';
import { currentOffice } from '../../settings/index.ts';
import type { CheckPicture } from '../ports.ts';
import { endPictureUse, insertPicture, listPictures, pictureInUse, pictureOf } from './pictures.store.ts';

export type PictureDeps = { readonly store: Store; readonly clock: Clock; readonly checkPicture: CheckPicture };

type Method = Contract['signingSettings']['savePicture'];
type Whose = Pick<SigningPicture, 'kind' | 'person'>;
type Actor = ReturnType<typeof actorOf>;

/** The pictures themselves are small; what is larger is no picture of a signature. */
const mostBytes = 8 * 1024 * 1024;

/** Whose picture somebody may set, and see: his own; the seal, who keeps it (NĐ 30/2020 art. 32: văn thư); an administrator everybody's. */
function mayHandle({ person, roles }: Actor, whose: Whose): boolean {
  if (roles.includes('administrator')) return true;
  return whose.kind === 'seal' ? roles.includes('clerk') : whose.person !== null && whose.person === person;
}

/** `signingSettings.pictures`, `savePicture` and `endPicture`. */
export function pictureHandlers(deps: PictureDeps): Pick<Handlers<Contract>['signingSettings'], 'pictures' | 'savePicture' | 'endPicture'> {
  const { store, clock } = deps;
  return {
    pictures: ({ ended }) => {
      const actor = actorOf(store.read);
      return ok(listPictures(store.read, ended).filter((picture) => mayHandle(actor, picture)));
    },
    savePicture: (input) => savePicture(deps, input),
    endPicture: ({ id, reason }) => {
      const actor = actorOf(store.read);
      const at = instantOf(clock);
      return store.write((db) => {
        const picture = pictureOf(db, id);
        if (picture?.endedAt !== null) return fail('not-found');
        if (!mayHandle(actor, picture)) return fail('not-your-picture');
        endPictureUse(db, id, { at, by: actor.name, reason });
        const { kind, person, file } = picture;
        appendAudit(db, { at, actor: actor.name, action: 'signing.picture-ended', subjectKind: 'signing-picture', subjectId: id, detail: { kind, person, sha256: file.sha256, reason } });
        return ok({});
      });
    },
  };
}

async function savePicture({ store, clock, checkPicture }: PictureDeps, input: ParsedInputOf<Method>): Promise<Outcome<OutputOf<Method>, CodeOf<Method>>> {
  const { kind, person, file, widthMm, reason } = input;
  const actor = actorOf(store.read);
  if ((kind === 'seal') !== (person === null)) return fail('not-found', { field: 'person' });
  if (!mayHandle(actor, { kind, person })) return fail('not-your-picture');
  const bytes = await bytesOf(store, file.sha256);
  if (bytes === undefined) return fail('file-damaged', { field: 'file' });
  if (bytes === 'too-large') return fail('picture-too-large', { field: 'file' });
  const judged = await checkPicture(bytes, kind, widthMm);
  if (!judged.ok) return judged;
  const at = instantOf(clock);
  return store.write((db) => {
    if (person !== null && personOf(db, person) === undefined) return fail('not-found', { field: 'person' });
    const office = currentOffice(db);
    const before = pictureInUse(db, office, person);
    const act = { at, by: actor.name, reason };
    if (before !== undefined) endPictureUse(db, before.file.id, act);
    const id = insertPicture(db, { kind, person, office, widthMm, ...judged.value, file: { ...file, size: bytes.length, mediaType: 'image/png' } }, act);
    appendAudit(db, {
      at,
      actor: actor.name,
      action: 'signing.picture-saved',
      subjectKind: 'signing-picture',
      subjectId: id,
      detail: { kind, person, sha256: file.sha256, widthMm, reason, before: before?.file.sha256 ?? null },
    });
    const saved = pictureOf(db, id);
    if (saved === undefined) throw new Error('a picture that was just written is gone');
    return ok(saved);
  });
}

/** The whole file; undefined when it is not in the store or not whole. */
async function bytesOf({ blobs }: Store, sha256: string): Promise<Uint8Array | 'too-large' | undefined> {
  try {
    const { size, bytes } = await blobs.range(sha256, 0, mostBytes);
    return size > mostBytes ? 'too-large' : bytes;
  } catch (error) {
    if (error instanceof BlobMissing || error instanceof BlobDamaged) return undefined;
    throw error;
  }
}

/** The file of a picture, for whoever at the window may see it; undefined for everybody else, as for one that is not there. */
export function pictureFileOf(db: ReadDb, id: string): FileRef | undefined {
  const picture = pictureOf(db, id);
  return picture !== undefined && mayHandle(actorOf(db), picture) ? picture.file : undefined;
}
