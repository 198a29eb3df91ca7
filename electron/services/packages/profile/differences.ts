/**
 * Where the circular's own parts disagree, or practice differs from it. The writers follow `written`; a reader accepts what is
 * in `accepted` with a remark, and nothing else.
 */
export type Difference = {
  readonly id: DifferenceId;
  /** article or appendix */
  readonly source: string;
  /** `printed`: the circular says both things; `practice`: seen in packages that were taken; `reading`: our reading of an unclear text */
  readonly confidence: 'printed' | 'practice' | 'reading';
  readonly written: string;
  readonly accepted: readonly string[];
};

export const differenceIds = [
  'object-id-plain',
  'object-id-urn',
  'folder-name',
  'upper-case-ids',
  'mets-schema-name',
  'schema-location',
  'other-schemas',
  'agent-note',
  'agreement-type',
  'time-form',
  'time-short-zone',
  'checksum-case',
  'pdf-media-type',
  'schema-media-type',
  'mets-type',
  'root-profile',
  'descriptive-type',
  'link-attributes',
  'data-use',
  'holey-use',
  'root-label',
  'representation-label',
  'premis-name',
  'premis-type',
  'premis-category',
  'field-order',
  'field-missing-recovery',
  'field-paper',
  'field-archive-schema',
  'field-dip-organ',
  'field-dates',
  'field-format-list',
  'field-number',
  'code-separator',
  'language-separator',
  'type-names',
  'zip-name',
  'dip-folder',
  'trace-form',
] as const;
export type DifferenceId = (typeof differenceIds)[number];

const one = (id: DifferenceId, source: string, confidence: Difference['confidence'], written: string, ...accepted: readonly string[]): Difference => ({ id, source, confidence, written, accepted });

/** The named profile `tt-05-2025`: what is written, and what else is read. */
export const differences: readonly Difference[] = [
  one('object-id-plain', 'PL III.II.1.b, PL IV.II.1.b', 'practice', 'uuid-{UUID}', '{UUID} without a prefix'),
  one('object-id-urn', 'PL I.II.1.b, PL II.II.1.b', 'printed', 'urn:{mã phông}:uuid:{UUID} (the rule)', 'urn:{mã phông}:uuid-{UUID} (the example)', 'urn:uuid:{UUID} (the frame)'),
  one('folder-name', 'PL I.I.2, PL III.I.2', 'printed', 'OBJID with ":" as "_"', 'any single root folder'),
  one('upper-case-ids', 'PL III.II.1', 'printed', 'UUIDs in upper case (the rule)', 'lower case (the examples uuid-28d046c9-…)'),
  one('mets-schema-name', 'PL I.I.2 row 11, PL III.I.2 row 9', 'printed', 'schemas/METS.xsd (table of the structure)', 'schemas/mets1_12.xsd, schemas/mets_1_11.xsd, schemas/mets.xsd (schemaLocation of the examples)'),
  one('schema-location', 'PL III.II.1.b, PL III.II.1.c, PL V.3.1.1', 'printed', 'relative to the METS file: schemas/… and ../../schemas/…', 'schemas/… in the representation too (example of PL I)', 'addresses of loc.gov and dilcis.eu (PL V)', 'none'),
  one('other-schemas', 'PL III.I.2 row 10', 'printed', 'EAD.xsd, EAD_doc.xsd, EAD_media.xsd, EAD_pic.xsd, all four', 'at least one of them', 'TEAD.xsd (the table of PL III)', 'key-value.xsd (the examples)'),
  one('agent-note', 'PL III.II.1.b, metsHdr rows 8–11', 'printed', 'agent SOFTWARE with note SOFTWARE VERSION (the example, CSIP16), then agent ORGANIZATION with note IDENTIFICATIONCODE = mã phông', 'either of the two alone'),
  one('agreement-type', 'PL III.II.1.b, metsHdr row 13', 'printed', 'altRecordID TYPE="SUBMISSIONAGREEMENT" (the example, SIP5)', 'TYPE="SOFTWARE VERSION" (the table)'),
  one('time-form', 'PL III.II.1.b, metsHdr row 1', 'printed', '2023-01-13T15:46:25.073+07:00 (the examples in XML)', 'without milliseconds', 'Z'),
  one('time-short-zone', 'PL III.II.1.b, metsHdr row 1', 'printed', '+07:00', '2022-30-06T12:00:00+7:00 (the example of the table: day before month, short zone)'),
  one('checksum-case', 'PL III.II.1.b, fileSec row 10', 'printed', 'hexadecimal in upper case (all examples)', 'lower case'),
  one('pdf-media-type', 'PL III.II.4 row 1', 'printed', 'application/pdf', 'application/pdf/a), application/pdf/a, application/octet-stream'),
  one('schema-media-type', 'PL III.II.1.b, fileSec row 15', 'printed', 'application/octet-stream (the example)', 'text/xml, application/xml'),
  one('mets-type', 'PL I–V, mets row 3', 'printed', 'Mixed (hồ sơ), Collection (tài liệu), MIXED (DIP)', 'AIP (frame of PL I)', 'any word'),
  one('root-profile', 'PL I.II.1, PL III.II.1, PL V.3.1', 'printed', 'the address in the example of the form', 'any address of an E-ARK profile'),
  one('descriptive-type', 'PL III.II.1.b, dmdSec row 15; PL I.II.1.c', 'printed', 'MDTYPE="OTHER" OTHERMDTYPE="EAD" MDTYPEVERSION="1.0"', 'MDTYPE="DC" (example of the representation in PL I)', 'MDTYPE="OTHER" alone'),
  one('link-attributes', 'PL III.II.1.b, dmdSec row 15', 'printed', 'xlink:type="simple" on every mdRef, FLocat and mptr', 'none on mdRef (the example of PL III)'),
  one('data-use', 'PL III.II.1.c, fileSec row 3 and structMap row 7', 'printed', 'fileGrp USE="Data" in the METS of the representation', 'Representations/rep1'),
  one('holey-use', 'PL III.II.1.d', 'printed', 'fileGrp USE="Holeyfile"', 'attribute USER (misprint)'),
  one('root-label', 'PL III.II.1.b, structMap row 5', 'printed', 'LABEL of the top div = OBJID of the METS', 'uuid of something else (the examples differ)'),
  one('representation-label', 'PL III.II.1.c, structMap row 5; PL I.II.1.c', 'printed', 'rep1 (the rule)', 'OBJID of the representation (example of PL I)'),
  one('premis-name', 'PL I.I.2, PL I.II.1.c', 'printed', 'PREMIS.xml and PREMIS_rep1.xml (table of the structure)', 'PREMIS_{OBJID}.xml (the example)'),
  one('premis-type', 'PL I.II.1.b, amdSec rows 7, 14', 'printed', 'MDTYPE="PREMIS" (the table, CSIP39)', 'MDTYPE="OTHER" (the example)'),
  one('premis-category', 'PL I.II.3.b, object row 5', 'printed', 'xsi:type (the example, PREMIS 3.0)', 'element objectCategory (the table; PREMIS 3.0 has none)'),
  one('field-order', 'PL III.II.2, PL III.II.3', 'printed', 'order of the printed XML', 'any order (schemas put docAttached last, tables put process later)'),
  one('field-missing-recovery', 'PL III.II.3', 'printed', 'riskRecovery and riskRecoveryStatus are written (table and XML)', 'both missing (the printed schemas)'),
  one('field-paper', 'PL III.II.2.a', 'printed', 'numberOfPaper is written (XML and schema)', 'missing (the table)'),
  one('field-archive-schema', 'PL I.II.4.b–d', 'printed', '21 fields of the document as printed in PL I.II.2.b, with arcDocCode', '19 fields with arcFileCode and docOrdinal (the printed schema)'),
  one('field-dip-organ', 'PL V.3.2.2', 'printed', 'organName is written (XML and table)', 'missing (the printed schema)'),
  one('field-dates', 'PL I.II.2 rows 6, 7; PL III.II.2 rows 6, 7', 'printed', 'DD/MM/YYYY', 'MM/YYYY and YYYY (PL I and PL II allow them)'),
  one('field-format-list', 'PL III.II.2 row 11', 'printed', 'codes 01–03 of PL I', 'free text (PL III has no list)'),
  one('field-number', 'PL I.II.2.b row 5; PL III.II.2.b row 5', 'printed', 'codeNumber and codeNotation may be empty ("nếu có" in PL I)', 'must not (PL III does not say so)'),
  one('code-separator', 'PL III.II.2.a row 1, PL III.II.2.b row 2', 'reading', 'parts of codes joined by "." (G09.2021.01.TCCB)', 'none, "-", "_", "/"'),
  one('language-separator', 'PL III.II.2.a row 5', 'reading', 'several codes joined by ","', '";" or blanks'),
  one('type-names', 'PL III.II.2.b row 4', 'printed', '04 Quy chế, 05 Quy định, 06 Thông cáo (all five appendices)', 'nothing else: other lists in use give 04–06 other meanings, which cannot be told apart'),
  one('zip-name', 'PL III.II.5, PL IV.II.5', 'reading', '{số thứ tự}{OBJID}.zip, nothing between them', '"_" , "-" or "+" between them', 'any name'),
  one('dip-folder', 'PL V.2.2 row 1', 'printed', 'uuid-{UUID} (OBJID)', 'uuid_{UUID} (the example)'),
  one('trace-form', 'PL III.II.2.b row 20', 'reading', '{tên tệp}.process.csv beside the file, listed in AttachmentFile; the form is not prescribed, CSV is in the list of PL III.II.4', 'any attachment of a document with process = 1'),
];
