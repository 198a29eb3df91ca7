import type { Confidence, RuleFacts, RuleLevel } from './report.ts';

type Own = Readonly<Record<string, RuleFacts>>;

const rules = (level: RuleLevel, source: string, confidence: Confidence, ...ids: readonly string[]): Own => Object.fromEntries(ids.map((id) => [id, { level, source, confidence }]));

const zip = 'APPNOTE.TXT 6.3.10; E-ARK CSIP CSIPSTR1';
const circular = 'TT 05/2025/TT-BNV, {PL}';
const bag = 'RFC 8493';

/** Rules beside those of the specification. `{PL}` is the appendix of the package's form; sections are those of I to IV (`rule-book.ts` has those of V). */
export const ownRules: Own = {
  ...rules('must', 'CWE-22, CWE-409; ISO/IEC 25010', 'P', 'read.absent', 'read.unreadable', 'read.not-a-package', 'read.changed', 'read.stopped', 'read.link', 'read.special'),
  ...rules('must', 'CWE-409', 'P', 'read.too-many', 'read.too-large', 'read.bomb', 'read.too-deep'),
  ...rules('must', 'CWE-22; APPNOTE.TXT 6.3.10 §4.4.17', 'P', 'read.name-path', 'read.name-long', 'read.name-bytes', 'read.name-twice'),
  ...rules('must', zip, 'P', 'zip.truncated', 'zip.trailing', 'zip.prefix', 'zip.gap', 'zip.overlap', 'zip.split', 'zip.ambiguous', 'zip.damaged', 'zip.headers', 'zip.encrypted', 'zip.method', 'zip.content'),
  ...rules('should', 'APPNOTE.TXT 6.3.10 §4.4.4 (bit 11)', 'P', 'zip.old-name'),
  ...rules('should', 'UAX #15', 'P', 'name.decomposed'),
  ...rules('should', 'Windows file names (MS-FSCC §2.1.5); ext4 (255 byte)', 'P', 'name.windows', 'name.bytes'),
  ...rules('must', 'XML 1.0 (5th ed.)', 'P', 'xml.not-utf8', 'xml.not-xml', 'xml.too-large'),
  ...rules('must', 'XML 1.0 §2.8; CWE-611, CWE-776', 'P', 'xml.doctype'),
  ...rules('must', 'METS 1.12', 'P', 'mets.root', 'mets.id-twice', 'mets.id-dangling'),
  ...rules('should', 'METS 1.12 (xs:ID)', 'P', 'mets.id-form'),
  ...rules('should', 'METS 1.12 (mets.xsd)', 'P', 'mets.schema'),
  ...rules('must', 'E-ARK CSIP CSIP24, CSIP79', 'P', 'link.outside', 'link.elsewhere'),
  ...rules('should', 'RFC 3986; E-ARK CSIP CSIP79', 'P', 'link.encoding', 'link.base', 'link.letters'),
  ...rules('must', 'E-ARK CSIP CSIP69–CSIP72; TT 05/2025/TT-BNV Điều 24', 'P', 'file.missing', 'file.renamed', 'file.extra', 'file.size', 'file.checksum', 'file.algorithm', 'file.two-facts'),
  ...rules('should', 'TT 05/2025/TT-BNV, Phụ lục III.II.4', 'R', 'file.format'),
  ...rules('should', 'NĐ 68/2024/NĐ-CP; TT 05/2025/TT-BNV Điều 24', 'R', 'signature.failed', 'signature.indeterminate'),
  ...rules('may', 'NĐ 68/2024/NĐ-CP', 'R', 'signature.unchecked'),
  ...rules('must', `${circular}.I.2`, 'P', 'tt05.path'),
  ...rules('must', `${circular}.II.1.b`, 'P', 'tt05.object-id', 'tt05.package-type', 'tt05.record-status', 'tt05.time', 'tt05.agent', 'tt05.agreement', 'tt05.checksum-type', 'tt05.metadata-div', 'tt05.schemas-div', 'tt05.representation-div'),
  ...rules('must', `${circular}.II.1.c`, 'P', 'tt05.data-div', 'tt05.link-file', 'tt05.link-description', 'tt05.link-target', 'tt05.link-attachment'),
  ...rules('must', 'TT 05/2025/TT-BNV, Phụ lục I.II.1, III.II.1.d', 'P', 'tt05.linked-empty', 'tt05.linked-forbidden'),
  ...rules('should', `${circular}.II.1`, 'P', 'tt05.id-form'),
  ...rules('should', `${circular}.I.2`, 'P', 'tt05.description-name', 'tt05.folder-other'),
  ...rules('must', `${circular}.II.2`, 'P', 'tt05.fields-root', 'tt05.field-missing', 'tt05.field-twice', 'tt05.field-length', 'tt05.field-code', 'tt05.field-date', 'tt05.field-digits', 'tt05.field-recovery', 'tt05.field-nested'),
  ...rules('must', `${circular}.II.2`, 'R', 'tt05.field-key', 'tt05.field-digitised', 'tt05.total-documents', 'tt05.dates-order', 'tt05.code-twice'),
  ...rules('should', `${circular}.II.2`, 'R', 'tt05.field-empty', 'tt05.field-unknown', 'tt05.doc-code', 'tt05.code-year', 'tt05.file-code', 'tt05.date-outside', 'tt05.page-sum', 'tt05.trace-missing'),
  ...rules('should', 'TT 05/2025/TT-BNV, Phụ lục III.II.2 ("nguồn nộp chỉ nhận giá trị 01")', 'P', 'tt05.permanent'),
  ...rules('must', 'PREMIS 3.0; TT 05/2025/TT-BNV, Phụ lục I.II.3', 'P', 'premis.root', 'premis.object', 'premis.event', 'premis.agent', 'premis.fixity'),
  ...rules('should', 'PREMIS 3.0', 'P', 'premis.fixity-unknown'),
  ...rules('should', 'PREMIS 3.0; TT 05/2025/TT-BNV, Phụ lục I.II.3', 'P', 'premis.signature', 'premis.signature-other'),
  ...rules('must', `${bag} §2.1`, 'P', 'bagit.declaration', 'bagit.payload', 'bagit.manifest', 'bagit.manifest-line', 'bagit.missing', 'bagit.extra', 'bagit.checksum', 'bagit.algorithms'),
  ...rules('must', `${bag} §2.2.2, §2.2.3`, 'P', 'bagit.fetch', 'bagit.oxum', 'bagit.tag-missing', 'bagit.info'),
  ...rules('must', `${bag} §2.2.1`, 'P', 'bagit.tag-manifest'),
  ...rules('must', `${bag} §2.1.1`, 'P', 'bagit.encoding'),
  ...rules('should', `${bag} §2.4`, 'P', 'bagit.weak', 'bagit.version'),
  ...rules('should', 'TT 05/2025/TT-BNV Điều 51 khoản 2, 3; TT 02/2019/TT-BNV', 'R', 'legacy.names'),
  ...rules('should', 'TT 05/2025/TT-BNV Điều 51 khoản 3', 'R', 'legacy.field-unmapped'),
};
