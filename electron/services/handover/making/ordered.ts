import { randomUUID } from 'node:crypto';
import type { PackageOrder } from '#contract';
import { instantOf, vietnamDay } from '../../../foundation/clock.ts';
import { one, sql, type ReadDb } from '../../../store/index.ts';
import { documentsForPackage, dossierForPackage, type PackagedDossier } from '../../dossiers/index.ts';
import { formProfiles, type PackageContent } from '../../packages/index.ts';
import { currentOffice } from '../../settings/index.ts';
import { headOf } from '../giving/content.ts';
import type { HandoverDeps } from '../ports.ts';

/** One package of an order, as it would be built at this moment. */
export type Ordered = {
  /** the dossier, or the form */
  readonly key: string;
  /** dossiers that go into it, with their codes */
  readonly dossiers: readonly { readonly id: string; readonly code: string }[];
  readonly code: string;
  readonly title: string;
  readonly content: PackageContent;
  readonly withoutFile: PackagedDossier['withoutFile'];
};

type Sender = { readonly name: string; readonly code: string; readonly fonds: string };

/** The office's name and code, and its mã phông. */
export function senderOf(db: ReadDb): Sender {
  return one<Sender>(db, sql`SELECT name, iif(organ_id = '', former_organ_id, organ_id) AS code, fonds_code AS fonds FROM office WHERE id = ${currentOffice(db)}`) ?? { name: '', code: '', fonds: '' };
}

/** Mã gói tin of loose documents: office, year, turn and number (TT 05/2025/TT-BNV, Phụ lục IV.II.2.a). */
function collectionCode(office: string, year: string, { turn, number }: PackageOrder['collection']): string {
  return [office, year, String(turn).padStart(2, '0'), String(number).padStart(7, '0')].filter((part) => part !== '').join('.');
}

/** The packages of an order one after another; others get their turn between two dossiers. Dossiers that there are not are left out. */
export async function* orderedPackages(deps: HandoverDeps, order: PackageOrder): AsyncGenerator<Ordered> {
  const db = deps.store.read;
  const sender = senderOf(db);
  const profile = formProfiles[order.form];
  if (profile.head === 'tailieu') {
    yield collected(deps, order, sender);
    return;
  }
  const gathered: PackagedDossier[] = [];
  for (const id of order.dossiers) {
    await new Promise(setImmediate);
    const found = dossierForPackage(db, deps.clock, id, deps.actWords);
    if (found === undefined) continue;
    gathered.push(found);
    if (profile.head === 'request') continue;
    const { fileCode: code, title } = found.head;
    const content = { ...frame(deps, order, { ...sender, ...found.sender, fonds: found.fondsCode }, gathered.length), head: headOf(db, found), documents: found.documents };
    yield { key: id, dossiers: [{ id, code }], code, title, content, withoutFile: found.withoutFile };
  }
  if (profile.head !== 'request' || gathered.length === 0) return;
  const { id, day, purpose, content: purposeContent, payer, topic, description } = order.request;
  const head = { kind: 'request', requestID: id, requestDate: day ?? '', purpose, purposeContent, feeObjectType: payer, researchTopic: topic, description } as const;
  yield {
    key: order.form,
    dossiers: gathered.map((found) => ({ id: found.id, code: found.head.fileCode })),
    code: id,
    title: gathered.map((found) => found.head.title).join('; ').slice(0, 1000),
    content: { ...frame(deps, order, sender, null), head, documents: gathered.flatMap(({ documents }) => documents) },
    withoutFile: gathered.flatMap(({ withoutFile }) => withoutFile),
  };
}

function collected(deps: HandoverDeps, order: PackageOrder, sender: Sender): Ordered {
  const { title, maintenance, description } = order.collection;
  const code = collectionCode(sender.code, vietnamDay(deps.clock.now()).slice(0, 4), order.collection);
  const { documents, withoutFile } = documentsForPackage(deps.store.read, deps.clock, order.documents, { code, maintenance }, deps.actWords);
  const source = order.documents.length > 0 && order.documents.every(({ kind }) => kind === 'incoming') ? '1' : '0';
  const content: PackageContent = { ...frame(deps, order, sender, order.collection.number), head: { kind: 'tailieu', fileCode: code, title, source, description }, documents };
  return { key: order.form, dossiers: [], code, title, content, withoutFile };
}

/** What all packages of an order have; a package of an archive bears the mã phông where the office has one. */
function frame(deps: HandoverDeps, { form, archive, agreement }: PackageOrder, { name, code, fonds }: Sender, ordinal: number | null): Omit<PackageContent, 'head' | 'documents'> {
  const profile = formProfiles[form];
  return {
    form,
    uuid: randomUUID().toUpperCase(),
    createdAt: instantOf(deps.clock),
    recordStatus: 'NEW',
    software: deps.software,
    sender: { name, code: profile.objectId === 'urn-fonds' && fonds !== '' ? fonds : code },
    archive: archive.code === '' ? null : archive,
    agreement,
    batchOrdinal: profile.zipName === 'ordinal' ? ordinal : null,
    events: [],
  };
}
