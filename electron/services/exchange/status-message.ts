import type { Outcome } from '#contract';
import type { StatusReport } from '../records/index.ts';
import { emptyAgency, emptyStaff, type EdxmlWriteCode } from './edxml/model.ts';
import { fullCode, wireDay, wireInstant } from './edxml/values.ts';
import { writeStatus } from './edxml/write.ts';

/** The edXML bytes of a status report. The same report always gives the same bytes, so a repeated try is the same message. */
export function statusMessage(report: StatusReport): Outcome<Uint8Array, EdxmlWriteCode> {
  return writeStatus({
    from: { ...emptyAgency, organId: report.from.organId, organName: report.from.name },
    responseFor: {
      organId: report.to.organId,
      code: fullCode(report.about),
      promulgationDate: report.about.issuedDate === null ? '' : wireDay(report.about.issuedDate),
      documentId: report.about.documentId,
    },
    staff: { ...emptyStaff, staff: report.staff },
    statusCode: report.statusCode,
    description: report.description,
    timestamp: wireInstant(new Date(report.at)),
  });
}
