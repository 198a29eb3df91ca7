import { writeDocument, writeStatus } from '../../../electron/services/exchange/edxml/write.ts';
import type { EdxmlBusiness } from '../../../electron/services/exchange/edxml/model.ts';
import { sampleDocument, sampleStatus, valueOf } from '../../unit/exchange/edxml-samples.ts';

const newUuid = (): string => '00000000-0000-4000-8000-000000000001';

/** A document between two agencies. */
export function documentFor(
  from: string,
  to: string,
  facts: { readonly documentId?: string; readonly number?: string; readonly business?: Partial<EdxmlBusiness> } = {},
): Uint8Array {
  const { header } = sampleDocument;
  const written = {
    ...sampleDocument,
    header: {
      ...header,
      from: { ...header.from, organId: from },
      to: [{ ...header.from, organId: to, organName: `Cơ quan ${to}` }],
      documentId: facts.documentId ?? header.documentId,
      code: { ...header.code, codeNumber: facts.number ?? header.code.codeNumber },
    },
    business: { ...sampleDocument.business, ...facts.business },
  };
  return valueOf(writeDocument(written, [{ contentId: 'a', name: 'văn bản.pdf', description: '', bytes: Buffer.from('%PDF-1.7 thử') }], { newUuid }));
}

/** A status of `from` told to `to` about a document. */
export function statusFor(from: string, to: string, statusCode: string, documentId = sampleStatus.responseFor.documentId): Uint8Array {
  const responseFor = { ...sampleStatus.responseFor, organId: to, documentId };
  return valueOf(writeStatus({ ...sampleStatus, from: { ...sampleStatus.from, organId: from }, responseFor, statusCode }));
}
