import type { FileRef, PictureKind, SigningPicture } from '#contract';
import { newId } from '../../../foundation/ids.ts';
import { all, changeOne, one, run, sql, type ReadDb, type Sql, type WriteDb } from '../../../store/index.ts';

type Row = {
  id: string;
  kind: PictureKind;
  person: string | null;
  person_name: string | null;
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  width_px: number;
  height_px: number;
  width_mm: number;
  reason: string;
  set_at: string;
  set_by: string;
  ended_at: string | null;
  ended_by: string | null;
  ended_reason: string | null;
};

const select = sql`SELECT q.*, p.name AS person_name FROM signing_picture AS q LEFT JOIN person AS p ON p.id = q.person`;

function pictureOfRow(row: Row): SigningPicture {
  return {
    kind: row.kind,
    person: row.person,
    personName: row.person_name ?? '',
    file: { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, sha256: row.sha256 },
    widthPx: row.width_px,
    heightPx: row.height_px,
    widthMm: row.width_mm,
    heightMm: Math.round(((row.width_mm * row.height_px) / row.width_px) * 10) / 10,
    reason: row.reason,
    setAt: row.set_at,
    setBy: row.set_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by ?? '',
    endedReason: row.ended_reason ?? '',
  };
}

/** The seal first, then signatures by name; those in use before the former ones, which only come with `ended`. */
export function listPictures(db: ReadDb, ended: boolean): SigningPicture[] {
  const which: Sql = ended ? sql`` : sql`WHERE q.ended_at IS NULL`;
  return all<Row>(db, sql`${select} ${which} ORDER BY q.kind, p.name, q.person, q.ended_at IS NOT NULL, q.set_at DESC`).map(pictureOfRow);
}

/** One picture, in use or not; undefined when there is none of this id. */
export function pictureOf(db: ReadDb, id: string): SigningPicture | undefined {
  const row = one<Row>(db, sql`${select} WHERE q.id = ${id}`);
  return row === undefined ? undefined : pictureOfRow(row);
}

/** The picture in use: a person's signature, or with null the seal of an office. */
export function pictureInUse(db: ReadDb, office: string, person: string | null): SigningPicture | undefined {
  const whose = person === null ? sql`q.kind = 'seal' AND q.office = ${office}` : sql`q.kind = 'signature' AND q.person = ${person}`;
  const row = one<Row>(db, sql`${select} WHERE ${whose} AND q.ended_at IS NULL`);
  return row === undefined ? undefined : pictureOfRow(row);
}

/** Whether any signature, and whether a seal, has a picture in use: without them nothing is signed (NĐ 30/2020 annex I part II.7, II.8). */
export function hasPictures(db: ReadDb): { readonly signature: boolean; readonly seal: boolean } {
  const kinds = all<{ kind: PictureKind }>(db, sql`SELECT DISTINCT kind FROM signing_picture WHERE ended_at IS NULL`).map(({ kind }) => kind);
  return { signature: kinds.includes('signature'), seal: kinds.includes('seal') };
}

/** Who changes a picture, when and why. */
export type PictureAct = { readonly at: string; readonly by: string; readonly reason: string };

export type NewPicture = Pick<SigningPicture, 'kind' | 'person' | 'widthPx' | 'heightPx' | 'widthMm'> & { readonly office: string; readonly file: Omit<FileRef, 'id'> };

/** Writes a picture that is in use from now on; answers its id. The one before must have ended. */
export function insertPicture(db: WriteDb, picture: NewPicture, { at, by, reason }: PictureAct): string {
  const id = newId();
  const { file } = picture;
  run(
    db,
    sql`INSERT INTO signing_picture (id, kind, office, person, name, media_type, size, sha256, width_px, height_px, width_mm, reason, set_at, set_by)
        VALUES (${id}, ${picture.kind}, ${picture.office}, ${picture.person}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256},
          ${picture.widthPx}, ${picture.heightPx}, ${picture.widthMm}, ${reason}, ${at}, ${by})`,
  );
  return id;
}

/** Ends the use of a picture. */
export function endPictureUse(db: WriteDb, id: string, { at, by, reason }: PictureAct): void {
  changeOne(db, sql`UPDATE signing_picture SET ended_at = ${at}, ended_by = ${by}, ended_reason = ${reason} WHERE id = ${id} AND ended_at IS NULL`);
}
