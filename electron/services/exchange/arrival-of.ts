import type { Arrival, ArrivedFile } from '../records/index.ts';
import type { EdxmlDocument } from './edxml/model.ts';
import { countFromWire, dayFromWire, urgencyFromWire } from './edxml/values.ts';
import { explanation, partsAtMost } from './strangers-text.ts';

/**
 * The register's fields from an edXML document: nothing is typed again (NĐ 30/2020 annex VI III.1.g). Blanks around a value
 * are how a builder lays its XML out, no part of it; what nobody could look at is cut, and told as a deviation.
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
    issuer: { organId: header.from.organId.trim(), name: shown(header.from.organName) },
    addressedOrganId: addressedCode(document, ownOrganId),
    codeNumber: header.code.codeNumber.trim(),
    codeNotation: header.code.codeNotation.trim(),
    issuedDate: dayFromWire(header.promulgationInfo.promulgationDate),
    place: shown(header.promulgationInfo.place),
    typeName: shown(header.documentType.typeName),
    subject: shown(header.subject),
    urgency: urgencyFromWire(header.otherInfo.priority),
    dueDate: dayFromWire(header.dueDate),
    signer: {
      name: shown(header.signerInfo.fullName),
      position: shown(header.signerInfo.position),
      competence: shown(header.signerInfo.competence),
    },
    toPlaces: header.toPlaces.slice(0, partsAtMost).map(shown),
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

function shown(text: string): string {
  return explanation(text.trim());
}
