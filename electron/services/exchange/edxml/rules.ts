import { statusCodes } from './values.ts';

/** Where a rule is from: B = an integrator's checker, 30 = NĐ 30/2020 annex VI, 20 = QĐ 20/2020, SĐ1 = QCVN 102/SĐ1:2022, V = VNPT's library and samples, S = other integrators, I = our reading. */
export type RuleSource = 'B' | '30' | '20' | 'SĐ1' | 'V' | 'S' | 'I';

/** How sure that is, as in axis.md: P read in a primary source, V vendor's word, M measured, S secondary, I inferred. */
export type Sureness = 'P' | 'V' | 'M' | 'S' | 'I';

/**
 * What is wrong. `missing`, `too-many`, `too-long`, `not-in-list`: against the table of rules. `not-a-number`,
 * `not-a-count` (0 to 65535), `not-a-boolean`, `not-a-date`, `not-a-timestamp`: nothing of the kind; `other-form`: a date or
 * time that can be read, in another form than the wire's. `twice`, `future`, `no-attachment`, `no-reference`,
 * `replaces-nothing`, `updates-nothing`, `no-reason`: how the parts stand to each other.
 */
export type ViolationRule =
  | 'missing'
  | 'too-many'
  | 'too-long'
  | 'not-a-number'
  | 'not-a-count'
  | 'not-a-boolean'
  | 'not-a-date'
  | 'not-a-timestamp'
  | 'other-form'
  | 'not-in-list'
  | 'twice'
  | 'future'
  | 'no-attachment'
  | 'no-reference'
  | 'replaces-nothing'
  | 'updates-nothing'
  | 'no-reason';

export type ValueType = 'int' | 'count' | 'date' | 'timestamp' | 'boolean';

/** `hard`: a message of ours is not sent with such a deviation. */
type Basis = readonly [source: RuleSource, sure: Sureness, hard?: 'hard'];

/**
 * What an element must be. `path` counts from `edXMLHeader`. `required`: there must be one wherever its parent is.
 * `max`: Unicode code points, which is what XML Schema counts as characters (maxLength) and is the same as UTF-16 units
 * for all Vietnamese letters; letters written in the decomposed form count as they are written, as a receiver counts them.
 */
export type ElementRule = {
  readonly path: string;
  readonly required?: Basis;
  readonly repeatable?: true;
  readonly max?: readonly [limit: number, ...basis: Basis];
  readonly type?: readonly [type: ValueType, ...basis: Basis];
  readonly list?: readonly [values: readonly string[], ...basis: Basis];
};

/*
 * What is hard, and why:
 * - missing: without it a receiver cannot tell what the document is, whom it is from or for, or file it;
 * - type, code list: a typed reader (.NET, Java) refuses the message, or it means something else there;
 * - length: only where the law or the code decision itself says it (P). Limits known from one integrator's checker are
 *   told, not enforced.
 */
const agency = (path: string, occurs: Pick<ElementRule, 'required' | 'repeatable'>, name: Basis): readonly ElementRule[] => [
  { path, ...occurs },
  // 35 since QĐ 20/2020, repeated by SĐ1:2022; the 13 before is no limit any more.
  { path: `${path}/OrganId`, required: ['V', 'V', 'hard'], max: [35, '20', 'P', 'hard'] },
  { path: `${path}/OrganizationInCharge`, max: [500, 'B', 'S'] },
  { path: `${path}/OrganName`, required: name, max: [200, '30', 'P', 'hard'] },
  { path: `${path}/OrganAdd`, max: [500, 'B', 'S'] },
  { path: `${path}/Email`, max: [100, 'B', 'S'] },
  { path: `${path}/Telephone`, max: [20, 'B', 'S'] },
  { path: `${path}/Fax`, max: [20, 'B', 'S'] },
  { path: `${path}/Website` },
];

const staff = (path: string): readonly ElementRule[] =>
  ['', '/Department', '/DepartmentId', '/Staff', '/StaffId', '/Email', '/Mobile'].map((part) => ({ path: `${path}${part}` }));

const zeroOne = ['0', '1'];
const bussiness = 'TraceHeaderList/Bussiness';

/** Documents, in VNPT's order (axis.md §2.2, §2.3, §2.7). */
export const documentRules: readonly ElementRule[] = [
  { path: 'MessageHeader', required: ['V', 'M', 'hard'] },
  ...agency('MessageHeader/From', { required: ['V', 'V', 'hard'] }, ['V', 'V', 'hard']),
  // A directory may know a code and no name; the code is what the axis goes by.
  ...agency('MessageHeader/To', { required: ['V', 'V', 'hard'], repeatable: true }, ['V', 'V']),
  { path: 'MessageHeader/DocumentId', required: ['V', 'V', 'hard'], max: [200, 'S', 'S'] },
  { path: 'MessageHeader/Code', required: ['V', 'V', 'hard'] },
  { path: 'MessageHeader/Code/CodeNumber', required: ['V', 'V', 'hard'], max: [11, '30', 'P', 'hard'] },
  { path: 'MessageHeader/Code/CodeNotation', required: ['V', 'V', 'hard'], max: [30, '30', 'P', 'hard'] },
  { path: 'MessageHeader/PromulgationInfo', required: ['V', 'V', 'hard'] },
  { path: 'MessageHeader/PromulgationInfo/Place', max: [50, 'B', 'S'] },
  { path: 'MessageHeader/PromulgationInfo/PromulgationDate', required: ['V', 'V', 'hard'], type: ['date', 'V', 'M', 'hard'] },
  { path: 'MessageHeader/DocumentType', required: ['V', 'V', 'hard'] },
  // Practice is chaotic here (18, 71 are met), so the list is told and never enforced.
  { path: 'MessageHeader/DocumentType/Type', required: ['V', 'V'], type: ['int', 'V', 'V', 'hard'], list: [['1', '2'], 'I', 'I'] },
  { path: 'MessageHeader/DocumentType/TypeDetail', type: ['int', 'V', 'V', 'hard'] },
  { path: 'MessageHeader/DocumentType/TypeName', required: ['V', 'V', 'hard'], max: [100, '30', 'P', 'hard'] },
  { path: 'MessageHeader/Subject', required: ['V', 'V', 'hard'], max: [500, '30', 'P', 'hard'] },
  { path: 'MessageHeader/Content', max: [500, 'B', 'S'] },
  { path: 'MessageHeader/SignerInfo' },
  { path: 'MessageHeader/SignerInfo/Competence' },
  { path: 'MessageHeader/SignerInfo/Position', max: [100, '30', 'P', 'hard'] },
  { path: 'MessageHeader/SignerInfo/FullName', required: ['V', 'V'], max: [50, '30', 'P', 'hard'] },
  { path: 'MessageHeader/DueDate', type: ['date', 'V', 'M', 'hard'] },
  { path: 'MessageHeader/OtherInfo' },
  { path: 'MessageHeader/OtherInfo/Priority', required: ['V', 'V'], list: [['0', '1', '2', '3', '4'], 'B', 'S', 'hard'] },
  { path: 'MessageHeader/OtherInfo/SphereOfPromulgation', max: [100, 'B', 'S'] },
  { path: 'MessageHeader/OtherInfo/TyperNotation', max: [10, 'B', 'S'] },
  { path: 'MessageHeader/OtherInfo/PromulgationAmount', type: ['count', 'V', 'V', 'hard'] },
  { path: 'MessageHeader/OtherInfo/PageAmount', type: ['count', 'V', 'V', 'hard'] },
  { path: 'MessageHeader/OtherInfo/ReplyFors' },
  { path: 'MessageHeader/OtherInfo/ReferenceCodes' },
  { path: 'MessageHeader/OtherInfo/Direction', type: ['boolean', 'V', 'V', 'hard'] },
  { path: 'MessageHeader/OtherInfo/Appendixes' },
  { path: 'MessageHeader/OtherInfo/Appendixes/Appendix', repeatable: true },
  { path: 'MessageHeader/ResponseFor', repeatable: true },
  { path: 'MessageHeader/ResponseFor/OrganId', max: [35, '20', 'P', 'hard'] },
  { path: 'MessageHeader/ResponseFor/Code' },
  { path: 'MessageHeader/ResponseFor/PromulgationDate', type: ['date', 'V', 'M', 'hard'] },
  { path: 'MessageHeader/ResponseFor/DocumentId', max: [200, 'S', 'S'] },
  // 10 is an old value of other builders (axis.md §2.7): met, and told like any other that is not in the list.
  { path: 'MessageHeader/SteeringType', list: [['0', '1', '2'], 'S', 'S', 'hard'] },
  { path: 'MessageHeader/ResponseForTask' },
  { path: 'MessageHeader/ResponseForTask/TaskCode', repeatable: true },
  { path: 'MessageHeader/ApplicationType' },
  { path: 'MessageHeader/ToPlaces' },
  { path: 'MessageHeader/ToPlaces/Place', repeatable: true, max: [150, 'B', 'S'] },
  { path: 'TraceHeaderList', required: ['V', 'V', 'hard'] },
  { path: bussiness },
  { path: `${bussiness}/DocumentId`, max: [200, 'S', 'S'] },
  { path: `${bussiness}/BussinessDocType`, required: ['V', 'V', 'hard'], list: [['0', '1', '2', '3'], 'V', 'V', 'hard'] },
  { path: `${bussiness}/BussinessDocReason` },
  // That it is there is a relation: a message without `Bussiness` is read as a new document, and lacks nothing.
  { path: `${bussiness}/Paper`, list: [zeroOne, 'V', 'V', 'hard'] },
  { path: `${bussiness}/BussinessDocumentInfo` },
  { path: `${bussiness}/BussinessDocumentInfo/DocumentInfo`, list: [zeroOne, 'V', 'V', 'hard'] },
  { path: `${bussiness}/BussinessDocumentInfo/DocumentReceiver`, list: [zeroOne, 'V', 'V', 'hard'] },
  { path: `${bussiness}/BussinessDocumentInfo/ReceiverList` },
  { path: `${bussiness}/BussinessDocumentInfo/ReceiverList/Receiver`, repeatable: true },
  {
    path: `${bussiness}/BussinessDocumentInfo/ReceiverList/Receiver/OrganId`,
    required: ['V', 'V', 'hard'],
    max: [35, '20', 'P', 'hard'],
  },
  {
    path: `${bussiness}/BussinessDocumentInfo/ReceiverList/Receiver/ReceiverType`,
    required: ['V', 'V'],
    list: [zeroOne, 'V', 'V', 'hard'],
  },
  { path: `${bussiness}/ReplacementInfoList` },
  { path: `${bussiness}/ReplacementInfoList/ReplacementInfo`, repeatable: true },
  {
    path: `${bussiness}/ReplacementInfoList/ReplacementInfo/DocumentId`,
    required: ['V', 'V', 'hard'],
    max: [200, 'S', 'S'],
  },
  { path: `${bussiness}/ReplacementInfoList/ReplacementInfo/OrganIdList` },
  {
    path: `${bussiness}/ReplacementInfoList/ReplacementInfo/OrganIdList/OrganId`,
    repeatable: true,
    max: [35, '20', 'P', 'hard'],
  },
  ...staff(`${bussiness}/StaffInfo`),
  { path: 'TraceHeaderList/TraceHeader', required: ['V', 'V', 'hard'], repeatable: true },
  // Hops without an OrganId are met on real messages: told, as everything else that is not as it should be.
  { path: 'TraceHeaderList/TraceHeader/OrganId', required: ['V', 'V'], max: [35, '20', 'P'] },
  { path: 'TraceHeaderList/TraceHeader/Timestamp', required: ['V', 'V'], type: ['timestamp', 'V', 'M', 'hard'] },
];

/** Status messages, in VNPT's order (axis.md §2.8). */
export const statusRules: readonly ElementRule[] = [
  { path: 'MessageHeader', required: ['V', 'M', 'hard'] },
  ...agency('MessageHeader/From', { required: ['V', 'V', 'hard'] }, ['V', 'V']),
  { path: 'MessageHeader/ResponseFor', required: ['V', 'V', 'hard'] },
  { path: 'MessageHeader/ResponseFor/OrganId', required: ['V', 'V', 'hard'], max: [35, '20', 'P', 'hard'] },
  // That one of the two is there is a relation (`relations.ts`).
  { path: 'MessageHeader/ResponseFor/Code' },
  { path: 'MessageHeader/ResponseFor/DocumentId', max: [200, 'S', 'S'] },
  { path: 'MessageHeader/ResponseFor/PromulgationDate', type: ['date', 'V', 'M', 'hard'] },
  ...staff('MessageHeader/StaffInfo'),
  { path: 'MessageHeader/StatusCode', required: ['V', 'V', 'hard'], list: [statusCodes, 'V', 'V', 'hard'] },
  { path: 'MessageHeader/Description' },
  { path: 'MessageHeader/Timestamp', required: ['V', 'V', 'hard'], type: ['timestamp', 'V', 'M', 'hard'] },
];
