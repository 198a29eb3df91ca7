import { createHash, randomBytes } from 'node:crypto';
import { packageSchemas } from '../../../electron/hosts/package-schemas.ts';
import { buildPackage, type DossierFields, type PackageContent, type PackageFile } from '../../../electron/services/packages/index.ts';
import { created, dossier, text } from '../packages/content.ts';

/** What both sides say of a hand-over of such packages. */
export const submittedFields = {
  title: 'Hồ sơ của Bộ Nội vụ',
  turn: 1,
  agreement: '01.G09.1.2026',
  giver: { name: '', position: '' },
  taker: { name: '', position: '' },
  media: '',
  note: '',
  sender: { name: 'Bộ Nội vụ', code: 'G09' },
  registered: null,
};

/** A package of another office, as it lies there to be taken over. */
export async function laidThere(into: string, ordinal: number, { documents, bytes, head = {}, attached = 0 }: { readonly documents: number; readonly bytes: number; readonly head?: Partial<DossierFields>; /** attachments of the first document */ readonly attached?: number }): Promise<void> {
  const originals = new Map<string, Buffer>();
  const file = (name: string): PackageFile => {
    const original = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes), Buffer.from('\n%%EOF\n')]);
    const sha256 = createHash('sha256').update(original).digest('hex');
    originals.set(sha256, original);
    return { sha256, size: original.length, name, mediaType: 'application/pdf', createdAt: created, verdict: null };
  };
  const code = `G09.2025.${String(ordinal)}.TCCB`;
  const content: PackageContent = {
    form: 'SIP_hoso',
    uuid: `7D0D1987-0F1C-47A7-8FD6-${ordinal.toString(16).toUpperCase().padStart(12, '0')}`,
    createdAt: created,
    recordStatus: 'NEW',
    software: { name: 'Trạm Văn thư', version: '0.1.0' },
    sender: { name: 'Bộ Nội vụ', code: 'G09' },
    archive: null,
    agreement: '01.G09.1.2026',
    batchOrdinal: null,
    head: { ...dossier, fileCode: code, ...head },
    documents: Array.from({ length: documents }, (_, index) => {
      const docCode = `${code}.${String(index + 1).padStart(7, '0')}`;
      return { fields: text(index + 1, { docCode }), content: { kind: 'file', file: file(`Công văn số ${String(index + 1)}.pdf`) }, attachments: Array.from({ length: index === 0 ? attached : 0 }, (_one, at) => file(`Phụ lục ${String(at + 1)}.pdf`)), trace: null };
    }),
    events: [],
  };
  const built = await buildPackage({ content, schemas: packageSchemas('SIP_hoso'), into, output: 'folder' }, { open: (sha256) => [originals.get(sha256) ?? Buffer.alloc(0)] });
  if (!built.ok) throw new Error(JSON.stringify(built.failure));
}
