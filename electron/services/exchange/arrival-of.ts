import type { Arrival, ArrivedFile } from '../records/index.ts';
import type { EdxmlDocument } from './edxml/model.ts';
import { countFromWire, dayFromWire, urgencyFromWire } from './edxml/values.ts';

/**
 * The register's fields from an edXML document: nothing is typed again (NĐ 30/2020 annex VI III.1.g). Blanks around a value
 * are how a builder lays its XML out, no part of it.
 */
export function arrivalOf(
  document: EdxmlDocument,
  files: readonly ArrivedFile[],
  arrivedAt: string,
  ownOrganId: string,
): Arrival {
  const { header } = document;
  return {
    arrivedAt,
    documentId: header.documentId.trim(),
    issuer: { organId: header.from.organId.trim(), name: header.from.organName.trim() },
    addressedOrganId: addressedCode(document, ownOrganId),
    codeNumber: header.code.codeNumber.trim(),
    codeNotation: header.code.codeNotation.trim(),
    issuedDate: dayFromWire(header.promulgationInfo.promulgationDate),
    place: header.promulgationInfo.place.trim(),
    typeName: header.documentType.typeName.trim(),
    subject: header.subject.trim(),
    urgency: urgencyFromWire(header.otherInfo.priority),
    dueDate: dayFromWire(header.dueDate),
    signer: {
      name: header.signerInfo.fullName.trim(),
      position: header.signerInfo.position.trim(),
      competence: header.signerInfo.competence.trim(),
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
  const codes = document.header.to.map((agency) => agency.organId.trim());
  if (codes.includes(ownOrganId)) return ownOrganId;
  const oldForm = `000.00.00.${ownOrganId}`;
  return codes.includes(oldForm) ? oldForm : ownOrganId;
}
