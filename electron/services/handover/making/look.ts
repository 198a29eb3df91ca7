import type { HandoverRemark, PackageLook, PackageOrder, PlannedPackage } from '#contract';
import { getDossier } from '../../dossiers/index.ts';
import { formProfiles } from '../../packages/index.ts';
import { contentRemarks, dossierRemarks, fileRemarks, type Say } from '../giving/remarks.ts';
import { sizeOf } from '../giving/package-batch.ts';
import type { HandoverDeps } from '../ports.ts';
import { orderedPackages, type Ordered } from './ordered.ts';

/** What a person reads to the end. */
const mostRemarks = 500;
const never = new AbortController().signal;

export type Looked = PackageLook & { readonly ordered: readonly Ordered[] };

/**
 * The packages of an order and everything that stands against them: what stops is mended first, the rest is only told. Files are
 * asked for by name and not read; building reads each twice.
 */
export async function lookAtOrder(deps: HandoverDeps, order: PackageOrder): Promise<Looked> {
  const remarks: HandoverRemark[] = [];
  const packages: PlannedPackage[] = [];
  const ordered: Ordered[] = [];
  ofOrder(order, remarks);
  for await (const one of orderedPackages(deps, order)) {
    const before = remarks.length;
    await ofPackage(deps, order, one, remarks);
    ordered.push(one);
    const { key, code, title, content } = one;
    const files = content.documents.reduce((sum, { attachments, content: main }) => sum + attachments.length + (main.kind === 'file' ? 1 : 0), 0);
    packages.push({ key, code, title, documents: content.documents.length, files, bytes: sizeOf(content), stopping: remarks.slice(before).filter(({ stops }) => stops).length });
  }
  const stopping = remarks.filter(({ stops }) => stops);
  return { ordered, packages, stopping: stopping.length, remarks: [...stopping, ...remarks.filter(({ stops }) => !stops)].slice(0, mostRemarks) };
}

/** What is missing in the order itself. */
function ofOrder({ form, agreement, documents }: PackageOrder, remarks: HandoverRemark[]): void {
  const profile = formProfiles[form];
  const say = (code: HandoverRemark['code']): void => {
    remarks.push({ key: code, code, stops: true, dossier: null, ordinal: 0, params: {} });
  };
  // The circular wants the code of the registration in every package that is handed in (Phụ lục III.II.1.b, IV.II.1.b).
  if (agreement === '' && (form === 'SIP_hoso' || form === 'SIP_tailieu')) say('agreement-missing');
  if (profile.head === 'tailieu' && new Set(documents.map(({ kind }) => kind)).size > 1) say('both-registers');
}

async function ofPackage(deps: HandoverDeps, order: PackageOrder, one: Ordered, remarks: HandoverRemark[]): Promise<void> {
  const [first] = one.dossiers;
  const say: Say = (code, stops, ordinal, params, about = '') => {
    // In a package of several dossiers a place alone does not tell in which.
    const dossier = one.dossiers.length === 1 ? first : undefined;
    remarks.push({ key: [one.key, code, ordinal, about].join(':'), code, stops, dossier: dossier?.id ?? null, ordinal, params: { code: dossier?.code ?? (one.code === '' ? order.form : one.code), ...params } });
  };
  for (const { id, code } of one.dossiers) {
    const detail = getDossier(deps.store.read, id);
    const about = (what: HandoverRemark['code'], stops: boolean): void => {
      remarks.push({ key: `${id}:${what}`, code: what, stops, dossier: id, ordinal: 0, params: { code } });
    };
    if (detail !== undefined && (detail.closedAt === null || detail.state === 'open' || detail.state === 'discarded')) about('not-closed', true);
    if (detail?.handedOverAt != null && order.form === 'SIP_hoso') about('already-handed', false);
    if (detail?.disposal != null) about('in-disposal', true);
    dossierRemarks(deps, id, code, (what, stops, ordinal, params, key = '') => {
      remarks.push({ key: `${id}:${what}:${String(ordinal)}:${key}`, code: what, stops, dossier: id, ordinal, params: { code, ...params } });
    });
  }
  contentRemarks(one.content, deps.schemas(order.form), one.withoutFile, say);
  await fileRemarks(one.content, (sha256) => Promise.resolve(deps.store.blobs.has(sha256) ? undefined : 'bytes-missing'), never, say);
}
