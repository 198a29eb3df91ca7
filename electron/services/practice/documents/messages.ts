import type { Clock } from '../../../foundation/clock.ts';
import {
  emptyAgency,
  emptyStaff,
  newDocumentBusiness,
  type AttachmentToWrite,
  fullCode,
  wireDay,
  wireInstant,
  writeDocument,
  type DocumentToWrite,
} from '../../exchange/index.ts';
import type { Correspondent } from './correspondents.ts';
import { composeDecreeForm, printedNumber } from './decree-form.ts';
import { practiceDays } from './practice-days.ts';
import { practiceSet, type PracticeDocument } from './practice-set.ts';
import type { DocumentFonts } from '../../records/index.ts';

/** A published document to practise on, with what a person reads off it. */
export type RealDocument = {
  readonly bytes: Uint8Array;
  /** name of the attachment, with extension */
  readonly fileName: string;
  readonly number: string;
  readonly notation: string;
  /** `yyyy-MM-dd` */
  readonly date: string;
  /** tên loại, e.g. `Công văn` */
  readonly kind: string;
  readonly issuer: Correspondent;
  readonly subject: string;
  readonly signer: { readonly competence: string; readonly position: string; readonly fullName: string };
  readonly pages?: number;
};

export type PracticeMessage = {
  /** the .edxml */
  readonly bytes: Uint8Array;
  readonly from: Correspondent;
  readonly documentId: string;
  /** `7816/VPCP-KSTT` */
  readonly code: string;
  readonly typeName: string;
  readonly subject: string;
  readonly urgency: 0 | 1 | 2 | 3 | 4;
  /** `yyyy-MM-dd` or null */
  readonly dueDate: string | null;
};

export type PracticeMessageOptions = {
  readonly clock: Clock;
  /** the practice agency, receiver of everything */
  readonly agency: Correspondent;
  readonly fonts: DocumentFonts;
  /** real files in place of the first messages; files of one number, notation and issuer travel in one message */
  readonly real?: readonly RealDocument[];
};

type Facts = {
  readonly from: Correspondent;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly place: string;
  readonly date: string;
  readonly typeName: string;
  readonly subject: string;
  readonly signer: RealDocument['signer'];
  readonly urgency: PracticeMessage['urgency'];
  readonly dueDate: string | null;
  readonly steeringType: string;
  readonly pages: number | null;
  readonly toPlaces: readonly string[];
  readonly files: readonly AttachmentToWrite[];
};

/**
 * What waits for the clerk on a practice day: seven messages of different kinds and urgency, oldest first, each with
 * its PDF. The same clock, agency and files give the same bytes.
 */
export async function practiceMessages(options: PracticeMessageOptions): Promise<readonly PracticeMessage[]> {
  const now = options.clock.now();
  const real = grouped(options.real ?? []).map(factsOfReal);
  const made = practiceSet(options.agency.name, practiceDays(now)).slice(real.length);
  const facts = [...real, ...(await Promise.all(made.map((document) => factsOfMade(document, options.fonts))))];
  return facts.map((one) => message(one, options.agency, now));
}

async function factsOfMade(document: PracticeDocument, fonts: DocumentFonts): Promise<Facts> {
  const { form } = document;
  const { bytes, pages } = await composeDecreeForm(form, fonts);
  const number = printedNumber(form.number);
  return {
    from: document.from,
    codeNumber: number,
    codeNotation: form.notation,
    place: form.place,
    date: form.date,
    typeName: document.typeName,
    subject: form.kind === '' ? `V/v ${form.subject}` : form.subject,
    signer: {
      competence: form.signer.authority.join(', ').toUpperCase(),
      position: form.signer.position.toUpperCase(),
      fullName: form.signer.fullName,
    },
    urgency: form.urgency,
    dueDate: document.dueDate,
    steeringType: document.steeringType,
    pages,
    toPlaces: form.recipients,
    files: [{ contentId: 'file-1', name: `${number}-${form.notation}.pdf`, description: document.typeName, bytes }],
  };
}

function factsOfReal(group: readonly [RealDocument, ...RealDocument[]]): Facts {
  const [main] = group;
  return {
    from: main.issuer,
    codeNumber: main.number,
    codeNotation: main.notation,
    place: 'Hà Nội',
    date: main.date,
    typeName: main.kind,
    subject: main.subject,
    signer: main.signer,
    urgency: 0,
    dueDate: null,
    steeringType: '0',
    pages: main.pages ?? null,
    toPlaces: [],
    files: group.map((file, at) => ({
      contentId: `file-${at + 1}`,
      name: file.fileName,
      description: file.kind,
      bytes: file.bytes,
    })),
  };
}

function grouped(files: readonly RealDocument[]): readonly (readonly [RealDocument, ...RealDocument[]])[] {
  const groups = new Map<string, [RealDocument, ...RealDocument[]]>();
  for (const file of files) {
    const key = `${file.issuer.code} ${file.number}/${file.notation}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}

function message(facts: Facts, agency: Correspondent, now: Date): PracticeMessage {
  const code = { codeNumber: facts.codeNumber, codeNotation: facts.codeNotation };
  const documentId = `${facts.from.code},${wireDay(facts.date)},${fullCode(code)}`;
  const document: DocumentToWrite = {
    header: {
      from: { ...emptyAgency, organId: facts.from.code, organName: facts.from.name },
      to: [{ ...emptyAgency, organId: agency.code, organName: agency.name }],
      documentId,
      code,
      promulgationInfo: { place: facts.place, promulgationDate: wireDay(facts.date) },
      documentType: { type: '2', typeDetail: '0', typeName: facts.typeName },
      subject: facts.subject,
      content: facts.subject,
      signerInfo: facts.signer,
      dueDate: facts.dueDate === null ? '' : wireDay(facts.dueDate),
      otherInfo: {
        priority: String(facts.urgency),
        sphereOfPromulgation: '',
        typerNotation: '',
        promulgationAmount: '1',
        pageAmount: facts.pages === null ? '' : String(facts.pages),
        replyFors: '',
        referenceCodes: '',
        direction: 'false',
        appendixes: [],
      },
      responseFor: [],
      steeringType: facts.steeringType,
      responseForTask: [],
      applicationType: '',
      toPlaces: facts.toPlaces,
    },
    trace: [{ organId: facts.from.code, timestamp: wireInstant(now) }],
    business: {
      ...newDocumentBusiness,
      staff: { ...emptyStaff, department: 'Phòng Văn thư', staff: 'Văn thư cơ quan' },
    },
  };
  // PDF files travel as they are, so the name inside a transport ZIP is never asked for.
  const written = writeDocument(document, facts.files, { newUuid: () => documentId });
  if (!written.ok) throw new Error(`practice message ${documentId}: ${JSON.stringify(written.failure)}`);
  return {
    bytes: written.value,
    from: facts.from,
    documentId,
    code: fullCode(code),
    typeName: facts.typeName,
    subject: facts.subject,
    urgency: facts.urgency,
    dueDate: facts.dueDate,
  };
}
