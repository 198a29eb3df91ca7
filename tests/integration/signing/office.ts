import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { documentFonts } from '../../../electron/hosts/document-fonts.ts';
import {
  issueFile,
  planIssue,
  readPicture,
  reservedPlaces,
  reserveFields,
  showingFor,
  signFile,
  wishFor,
  type IssueOrder,
  type Issued,
  type IssuePlan,
  type ReservedPlaces,
  type RoleOrder,
  type SigningRefusal,
  type SigningWish,
} from '../../../electron/services/signing/index.ts';
import { good, type TestPki } from '../../fakes/pki/pki.ts';
import { onDisk } from './files.ts';
import type { Expected } from './judges.ts';
import { textOf } from './papers.ts';
import { sealPng, signaturePng } from './pictures.ts';
import { signedBy, wishOf } from './signer.ts';

export const way = { kind: 'rsa-v1.5', digest: 'sha256' } as const;
export const deps = { http: () => Promise.reject(new Error('nobody is asked')), hosts: {}, clock: { now: () => new Date() } };
export const fonts = documentFonts();
/** 36 mm across, as the seals of most agencies are. */
export const seal = good(readPicture(sealPng(), 'seal', 36));
export const signature = good(readPicture(signaturePng(), 'signature'));
export const order: IssueOrder = { code: '12/UBND-VX', date: '2026-11-22', seal };

export const byLeader = (field: string): Expected => ({ field, signer: 'Nguyễn Thị Thử', kind: 'rsa-v1.5', level: 'B' });
export const byOffice = (field: string): Expected => ({ field, signer: 'PHÒNG VĂN THƯ', kind: 'rsa-v1.5', level: 'B' });

/** The file with its reserved fields; at the places of its text when none are named. */
export async function prepared(base: Buffer, places?: ReservedPlaces): Promise<Buffer> {
  const files = onDisk(base);
  good(reserveFields(files, places ?? good(reservedPlaces(await textOf(base), fonts, 'Nguyễn Thị Thử')), fonts));
  return files.signed();
}

/** The file signed in a role; by its text unless a place is named. */
export async function signedAs(pki: TestPki, base: Buffer, id: 'leader' | 'clerk', role: RoleOrder, more: Partial<SigningWish> = {}): Promise<Buffer> {
  const files = onDisk(base);
  const text = role.place === undefined ? { text: await textOf(base) } : {};
  const shown = wishFor(good(showingFor(files.source, { ...text, ...role }, fonts)), fonts);
  good(await signFile(deps, { ...files, tsa: null }, wishOf(pki, id, way, { ...shown, ...more }), signedBy(pki, id, way)));
  return files.signed();
}

/** How the file would be issued; by its text unless another one is given. */
export async function planned(base: Buffer, more: Partial<IssueOrder> = {}): Promise<{ readonly ok: true; readonly value: IssuePlan } | { readonly ok: false; readonly failure: SigningRefusal }> {
  return planIssue(onDisk(base).source, { text: await textOf(base), ...order, ...more }, fonts);
}

/** The issued file, what was told of it, and how often the key was asked. */
export async function issued(pki: TestPki, base: Buffer, more: Partial<IssueOrder> = {}): Promise<{ readonly bytes: Buffer; readonly told: Issued; readonly asked: number }> {
  const files = onDisk(base);
  const plan = good(planIssue(files.source, { text: await textOf(base), ...order, ...more }, fonts));
  let asked = 0;
  const sign = signedBy(pki, 'clerk', way);
  const told = good(
    await issueFile(deps, { ...files, tsa: null }, plan, wishOf(pki, 'clerk', way), fonts, (attributes) => {
      asked += 1;
      return sign(attributes);
    }),
  );
  expect(readdirSync(files.folder).sort()).toEqual(['base.pdf', 'signed.pdf']);
  return { bytes: files.signed(), told, asked };
}
