import { newId } from '../../foundation/ids.ts';
import { changeOne, sql, type WriteDb } from '../../store/index.ts';
import { appendAudit } from '../audit/index.ts';
import { statusAbout, type QueueStatus } from './ports.ts';

/** A document taken in, its fields as the sender wrote them. */
export type Arrival = {
  readonly arrivedAt: string;
  readonly documentId: string;
  readonly issuer: { readonly organId: string; readonly name: string };
  /** the code under which the sender addressed this office */
  readonly addressedOrganId: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  /** yyyy-MM-dd */
  readonly issuedDate: string | null;
  readonly place: string;
  readonly typeName: string;
  readonly subject: string;
  /** 0 to 4, edXML Priority */
  readonly urgency: number;
  readonly dueDate: string | null;
  readonly signer: { readonly name: string; readonly position: string; readonly competence: string };
  readonly toPlaces: readonly string[];
  readonly pageAmount: number | null;
  readonly files: readonly ArrivedFile[];
};

export type ArrivedFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
};

/**
 * Writes an arrived document with its files, its trace and status 01 "đã đến" (NĐ 30/2020 annex VI III.1.e: the system
 * notifies receipt by itself). The files must be in the blob store already. Answers the document's id.
 */
export function recordArrival(db: WriteDb, arrival: Arrival, queueStatus: QueueStatus, officeName: string): string {
  const id = insertArrival(db, arrival, 'axis');
  appendAudit(db, {
    at: arrival.arrivedAt,
    actor: 'station',
    action: 'document.arrived',
    subjectKind: 'incoming-document',
    subjectId: id,
    detail: {
      documentId: arrival.documentId,
      issuer: arrival.issuer.organId,
      code: `${arrival.codeNumber}/${arrival.codeNotation}`,
      files: arrival.files.map((file) => ({ name: file.name, sha256: file.sha256 })),
    },
  });
  queueStatus(db, {
    ...statusAbout({ id, ...arrival }, officeName),
    statusCode: '01',
    at: arrival.arrivedAt,
    staff: '',
    description: 'Văn bản đã đến',
  });
  return id;
}

/** The register's rows of a document whose fields are as the sender wrote them, by the way it came; answers its id. */
export function insertArrival(db: WriteDb, arrival: Arrival, source: 'axis' | 'file'): string {
  const id = newId();
  changeOne(
    db,
    sql`INSERT INTO incoming_document (
          id, state, source, arrived_at, document_id, issuer_organ_id, issuer_name, addressed_organ_id,
          code_number, code_notation, issued_date, place, type_name, subject, urgency, due_date,
          signer_name, signer_position, signer_competence, to_places, page_amount
        ) VALUES (
          ${id}, 'arrived', ${source}, ${arrival.arrivedAt}, ${arrival.documentId}, ${arrival.issuer.organId},
          ${arrival.issuer.name}, ${arrival.addressedOrganId}, ${arrival.codeNumber}, ${arrival.codeNotation},
          ${arrival.issuedDate}, ${arrival.place}, ${arrival.typeName}, ${arrival.subject}, ${arrival.urgency},
          ${arrival.dueDate}, ${arrival.signer.name}, ${arrival.signer.position}, ${arrival.signer.competence},
          ${JSON.stringify(arrival.toPlaces)}, ${arrival.pageAmount}
        )`,
  );
  arrival.files.forEach((file, ordinal) => {
    changeOne(
      db,
      sql`INSERT INTO incoming_file (id, document, ordinal, name, media_type, size, sha256)
          VALUES (${newId()}, ${id}, ${ordinal}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.sha256})`,
    );
  });
  return id;
}
