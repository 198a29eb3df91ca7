import { rmSync } from 'node:fs';
import type { Result } from '../../../foundation/outcome.ts';
import type { LetteringFonts } from '../appearance/lettering.ts';
import type { PageText } from '../appearance/lines.ts';
import type { Picture } from '../appearance/picture.ts';
import { clicked, emptyField, roomFor, showingFor, showingIn, wishFor, type RoleOrder, type Showing, type WantedPlace } from '../appearance/showing.ts';
import { signerPlace } from '../appearance/signer-place.ts';
import { formNames } from '../batch/journal.ts';
import { earlierSignatures } from '../earlier.ts';
import { planOf } from '../plan.ts';
import { withTrusted } from '../prepare.ts';
import type { SigningRefusal } from '../refusals.ts';
import { reservedNames } from '../reserve/names.ts';
import { reservedPlaces, reserveFields, type ReservedPlaces } from '../reserve/reserve.ts';
import { planIssue, type IssueOrder, type IssuePlan } from './issue-plan.ts';

/** As what a file is to be signed, with what decides how it will look. */
export type RoleWish =
  | { readonly role: 'leader'; readonly picture: Picture; readonly signer: string; readonly text?: PageText; readonly place?: WantedPoint }
  | ({ readonly role: 'agency' } & IssueOrder)
  /** a file of its own beside the document with this number and symbol; `at`: the time that it would show now */
  | { readonly role: 'attachment'; readonly code: string; readonly at: Date }
  /** a paper of the agency's own that stands in no register: an archive's copy, or a text with a place for the seal */
  | { readonly role: 'paper'; readonly shows: PaperShows };

/** What the agency's signature shows on such a paper; `place` is the middle of the seal on the page as shown. */
type PaperShows = { readonly kind: 'copy-words' } | { readonly kind: 'seal'; readonly seal: Picture; readonly place: WantedPoint };

type WantedPoint = Extract<WantedPlace, { readonly kind: 'point' }>;

/** How a file is signed in a role; plain data. */
export type RolePlan = {
  readonly plan: IssuePlan;
  /** fields that the file gets before its first signature */
  readonly reserve?: ReservedPlaces;
  /** whether somebody may point at another place */
  readonly mayPoint: boolean;
};

/**
 * Plans and tries all of it. A draft without fields for number, date and signatures gets them, in a copy beside `path` that is
 * gone afterwards: so the agency can fill them in later without hurting the leader's signature (design §6).
 */
export function planRole(path: string, wish: RoleWish, fonts: LetteringFonts): Result<RolePlan, SigningRefusal> {
  if (wish.role === 'agency') {
    const { role: _, ...order } = wish;
    const plan = planIssue(path, order, fonts);
    return plan.ok ? { ok: true, value: { plan: plan.value, mayPoint: plan.value.kind === 'series' } } : plan;
  }
  if (wish.role === 'leader') return planLeader(path, wish, fonts);
  if (wish.role === 'paper') {
    const { shows } = wish;
    const order: RoleOrder = shows.kind === 'seal' ? { show: { role: 'agency', picture: shows.seal }, place: shows.place } : { show: { role: 'copy' } };
    const showing = tried(path, (file) => showingIn(file, order, fonts), fonts);
    return showing.ok ? { ok: true, value: { plan: oneStep(showing.value), mayPoint: false } } : showing;
  }
  const { code, at } = wish;
  const showing = tried(path, (file) => showingIn(file, { show: { role: 'line', line: { kind: 'attachment', code }, at } }, fonts), fonts);
  return showing.ok ? { ok: true, value: { plan: oneStep(showing.value), mayPoint: false } } : showing;
}

type Leader = Extract<RoleWish, { readonly role: 'leader' }>;

function planLeader(path: string, { picture, signer, text, place }: Leader, fonts: LetteringFonts): Result<RolePlan, SigningRefusal> {
  const facts = withTrusted(path, (file) => {
    const { isSigned, isCertified } = earlierSignatures(file);
    const pointed = place && roomFor(file, place, clicked);
    return { isReserved: emptyField(file, reservedNames.person) !== undefined, isSigned: isSigned || isCertified, pointed };
  });
  if (!facts.ok) return facts;
  const { isReserved, isSigned, pointed } = facts.value;
  const show = { role: 'leader', picture } as const;
  const inField = { kind: 'field', name: reservedNames.person } as const;
  if (isReserved || isSigned) {
    const order = isReserved ? { show, place: inField } : { show, signer, ...(place && { place }), ...(text && { text }) };
    const showing = tried(path, (file) => showingIn(file, order, fonts), fonts);
    return showing.ok ? { ok: true, value: { plan: oneStep(showing.value), mayPoint: !isReserved } } : showing;
  }
  const read = text ?? { items: [], sheets: [] };
  const reserve = reservedPlaces(read, fonts, signer, pointed);
  if (!reserve.ok) return reserve;
  const [form, copy] = formNames(path);
  try {
    const made = reserveFields({ source: path, target: form, copy }, reserve.value, fonts);
    if (!made.ok) return made;
    const showing = tried(form, (file) => showingIn(file, { show, place: inField }, fonts), fonts);
    if (!showing.ok) return showing;
    const confidence = pointed === undefined ? (signerPlace(read, fonts.regular, signer)?.confidence ?? 'doubtful') : 'asked';
    return { ok: true, value: { plan: oneStep({ ...showing.value, confidence }), reserve: reserve.value, mayPoint: true } };
  } finally {
    rmSync(form, { force: true });
  }
}

/** What is shown, once the signature that shows it could be planned. */
function tried(path: string, show: Parameters<typeof withTrusted<Showing>>[1], fonts: LetteringFonts): Result<Showing, SigningRefusal> {
  return withTrusted(path, (file) => {
    const showing = show(file);
    planOf(file, { ...wishFor(showing, fonts), at: new Date(0) }, 0);
    return showing;
  });
}

function oneStep(showing: Showing): IssuePlan {
  return { kind: 'reserved', steps: [{ ...showing, fills: [] }] };
}

/** What an attachment shows when it is signed now. */
export function attachmentShowing(path: string, code: string, at: Date, fonts: LetteringFonts): Result<Showing, SigningRefusal> {
  return showingFor(path, { show: { role: 'line', line: { kind: 'attachment', code }, at } }, fonts);
}
