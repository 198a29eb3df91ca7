import type { Arrival, ArrivedFile } from '../records/index.ts';
import type { EdxmlDocument } from './edxml/model.ts';
import { countFromWire, dayFromWire, urgencyFromWire } from './edxml/values.ts';

/** The register's fields from an edXML document: nothing is typed again (NĐ 30/2020 annex VI III.1.g). */
export function arrivalOf(
  document: EdxmlDocument,
  files: readonly ArrivedFile[],
  arrivedAt: string,
  ownOrganId: string,
): Arrival {
  const { header } = document;
  return {
    arrivedAt,
    documentId: header.documentId,
    issuer: { organId: header.from.organId, name: header.from.organName },
    addressedOrganId: addressedCode(document, ownOrganId),
    codeNumber: header.code.codeNumber,
    codeNotation: header.code.codeNotation,
    issuedDate: dayFromWire(header.promulgationInfo.promulgationDate),
    place: header.promulgationInfo.place,
    typeName: header.documentType.typeName,
    subject: header.subject,
    urgency: urgencyFromWire(header.otherInfo.priority),
    dueDate: dayFromWire(header.dueDate),
    signer: {
      name: header.signerInfo.fullName,
      position: header.signerInfo.position,
      competence: header.signerInfo.competence,
    },
    toPlaces: header.toPlaces,
    pageAmount: countFromWire(header.otherInfo.pageAmount),
    files,
  };
}

/**
 * The code the message was addressed to: ours, or its old 13-character form `000.00.00.G12` of `G12`, which real
 * messages still use (axis.md §3.10). Answers go out under the code that was addressed.
 */
function addressedCode(document: EdxmlDocument, ownOrganId: string): string {
  const codes = document.header.to.map((agency) => agency.organId);
  if (codes.includes(ownOrganId)) return ownOrganId;
  const oldForm = `000.00.00.${ownOrganId}`;
  return codes.includes(oldForm) ? oldForm : ownOrganId;
}
