/**
 * What a change after signing means: nothing to speak of, something that evidence from outside decides, something a person
 * must look at, or the end of "valid as shown".
 */
export type ChangeClass = 'permitted' | 'undecided' | 'suspicious' | 'forbidden';

/** DocMDP P of the certification (ISO 32000-1 12.8.2.2); `none` where nobody certified. */
export type Level = 'none' | 1 | 2 | 3;

export type PolicyRow = {
  /** what was done, for developers; persons read `verification.change.<row>` of the catalogues */
  readonly what: string;
  /** classes without certification and at levels 1, 2, 3 */
  readonly classes: readonly [none: ChangeClass, level1: ChangeClass, level2: ChangeClass, level3: ChangeClass];
  readonly source: string;
  /** as in domain/signing.md: M measured, P primary, S second-hand, R a rule of this project */
  readonly confidence: 'M' | 'P' | 'S' | 'R';
};

const yes = ['permitted', 'permitted', 'permitted', 'permitted'] as const;
const butNotAt1 = ['permitted', 'forbidden', 'permitted', 'permitted'] as const;
const look = ['suspicious', 'forbidden', 'suspicious', 'suspicious'] as const;
/** Only ever in certified files. */
const waits = ['undecided', 'forbidden', 'undecided', 'undecided'] as const;
const never = ['forbidden', 'forbidden', 'forbidden', 'forbidden'] as const;

const mdp = 'ISO 32000-1 12.8.2.2 table 254';
const signed = 'signing.md §3';
const practice = 'signing.md §3 SSA, issue 6 point 3';
const row = (what: string, classes: PolicyRow['classes'], source: string, confidence: PolicyRow['confidence']): PolicyRow => ({ what, classes, source, confidence });

/**
 * What may happen to a file after a signature. Each change that the analysis finds carries the id of one of these rows;
 * what no row knows is `undefined-change`. Where readings of the standard differ the stricter one stands (signing.md §3).
 */
export const policy = {
  'nothing-said': row('a revision repeats objects as they were, or adds what nothing refers to', yes, 'ISO 32000-1 7.5.6', 'P'),
  'metadata-only': row('/Info or XMP metadata changed, which no page shows', ['permitted', 'suspicious', 'permitted', 'permitted'], signed, 'R'),
  'version-stated': row('/Version or /Extensions of the catalog', yes, 'ISO 32000-1 7.2.2, 7.12; DSS "extension change"', 'P'),
  'security-store-extended': row('certificates, OCSP answers and CRLs added (DSS, VRI)', yes, 'ISO 32000-2 12.8.4.3, EN 319 142-1 5.4', 'P'),
  'security-store-reduced': row('long-term data taken away: the long-term level is gone, the signature is not', yes, signed, 'R'),
  'timestamp-added': row('a document time-stamp that shows nothing', yes, 'ISO 32000-2 12.8.5, table 257', 'P'),
  'form-extended': row('/SigFlags, /DA, /DR and fields of the form extended, nothing in them changed', butNotAt1, 'ISO 32000-1 12.7.2', 'P'),
  'field-filled': row('a field got a value, and its picture says the same', butNotAt1, mdp, 'P'),
  'field-made-read-only': row('the read-only flag of a field set', butNotAt1, 'ISO 32000-1 12.7.3.1 table 221', 'S'),
  'read-only-filled': row('a field that was closed to filling got another value: no person can fill it, a program may', look, 'ISO 32000-1 12.7.3.1 table 221', 'R'),
  'signature-in-existing-field': row('an empty signature field that the signed revision had was signed, its picture not on text', butNotAt1, mdp, 'P'),
  'signature-not-seen': row('a signature in a new field that shows nothing', butNotAt1, practice, 'R'),
  'signature-beside-content': row('a signature in a new field whose picture stands on blank space or on an earlier signature’s own picture', butNotAt1, practice, 'R'),
  'seal-touches-text': row('a seal on an earlier signature’s picture reaches text beside it, and the text stays readable', butNotAt1, 'NĐ 30/2020 Phụ lục I (the seal covers a third of the signature), samples/cv-11410', 'M'),
  'seal-hangs': row('a see-through seal that the signer himself put over text of what he had signed (a hanging seal)', butNotAt1, 'NĐ 30/2020 Điều 33 (to be confirmed), samples/cv-11410-phuluc1', 'M'),
  'signature-unsound': row('an added signature is broken or unknown: what came with it was signed by nobody', look, practice, 'R'),
  'signature-not-whole': row('an added signature does not cover the whole revision that brought it', look, practice, 'R'),
  'signature-fails': row('in a certified file, an added signature that shows something does not pass', look, practice, 'R'),
  'signature-undecided': row('in a certified file, an added signature whose picture is as it should be, and of which only chain or status is not known yet', waits, practice, 'R'),
  'signature-other-agency': row('in a certified file, an added signature that shows something is another agency’s', look, practice, 'R'),
  'picture-covers-content': row('the picture of an added signature covers text or graphics of the signed revision', look, practice, 'R'),
  'picture-hides-signature': row('the picture of an added signature hides an earlier one’s', look, practice, 'R'),
  'picture-unsure': row('what lies under the picture of an added signature could not be determined', look, practice, 'R'),
  'fill-over-text': row('what is painted into a field that was filled or signed stands on text of the page, or what the field showed before may have hidden some', look, `${signed} Shadow: hide, replace`, 'R'),
  'fill-unreadable': row('a field was filled, and what its picture says could not be compared with the value: also where its fonts are none that the signature covers', look, `${signed} Shadow: replace`, 'R'),
  'fill-left-to-reader': row('fields are to be drawn by whoever opens the file (/NeedAppearances), or a filled one has no picture', look, 'ISO 32000-1 12.7.2 table 218', 'R'),
  'fill-disagrees': row('the picture of a field says something other than its value', never, `${signed} Shadow: replace`, 'R'),
  'empty-signature-field-added': row('a signature field that nobody signed', look, mdp, 'R'),
  'annotation-added': row('an annotation', ['forbidden', 'forbidden', 'forbidden', 'suspicious'], `${signed} Annotation over content, EAA`, 'R'),
  'annotation-changed': row('an annotation changed, moved or removed', ['forbidden', 'forbidden', 'forbidden', 'suspicious'], `${signed} Annotation over content, EAA`, 'R'),
  'hybrid-readings-differ': row('the two readings of a hybrid file show different things', ['suspicious', 'suspicious', 'suspicious', 'suspicious'], `${signed} Hybrid xref`, 'R'),
  'file-id-changed': row('the first part of /ID, which names the file for ever', look, 'ISO 32000-1 14.4', 'R'),
  'locked-field-changed': row('a field that a signature locked was filled or signed', never, 'ISO 32000-1 12.8.2.4, 12.7.4.5', 'P'),
  'field-added': row('a field that is no signature field', never, mdp, 'P'),
  'field-changed': row('type, place, flags, name or another trait of a field', never, `${signed} Shadow: replace`, 'R'),
  'field-removed': row('a field or its place in the form', never, mdp, 'P'),
  'form-changed': row('the form itself: defaults, order of calculation, XFA, resources', never, `${signed} Shadow: replace`, 'R'),
  'signature-replaced': row('dictionary or value of a signature', never, `${signed} Signature dictionary replaced`, 'R'),
  'signature-picture-swapped': row('the picture of a signed field', never, `${signed} Appearance stream swapped`, 'R'),
  'picture-swapped': row('the picture of a field, without a value that explains it or in place of a stream of the signed revision', never, `${signed} Appearance stream swapped`, 'R'),
  'existing-object-shown': row('something that the signed revision held and did not show', never, `${signed} Shadow: hide`, 'R'),
  'dangling-reference-defined': row('an object that the signed revision referred to and did not hold', never, `${signed} Shadow: hide-and-replace`, 'R'),
  'object-removed': row('an object that is still referred to', never, `${signed} Shadow: hide`, 'R'),
  'object-stream-rewritten': row('an object stream written anew under its number', never, `${signed} Shadow: hide-and-replace`, 'R'),
  'generation-changed': row('the number of an object used for another one', never, 'ISO 32000-1 7.3.10', 'R'),
  'catalog-replaced': row('the trailer leads to another catalog', never, `${signed} Shadow: hide-and-replace`, 'R'),
  'encryption-changed': row('/Encrypt', never, 'ISO 32000-1 7.6.1', 'R'),
  'permissions-changed': row('/Perms of the catalog', never, 'ISO 32000-1 12.8.4', 'R'),
  'pages-added': row('more pages', never, `${signed} Pages added or removed`, 'R'),
  'pages-removed': row('fewer pages', never, `${signed} Pages added or removed`, 'R'),
  'pages-exchanged': row('other pages, or in another order', never, `${signed} Pages added or removed`, 'R'),
  'page-tree-changed': row('a node of the page tree: inherited resources, boxes, rotation', never, `${signed} Shadow: hide-and-replace`, 'R'),
  'page-rotated': row('/Rotate', never, mdp, 'R'),
  'page-box-changed': row('a box of a page', never, mdp, 'R'),
  'page-changed': row('another entry of a page', never, mdp, 'R'),
  'content-changed': row('a content stream of a page', never, `${signed} Incremental saving`, 'R'),
  'resources-changed': row('fonts, pictures and other resources of a page', never, `${signed} Shadow: replace`, 'R'),
  'layers-changed': row('optional content', never, `${signed} Shadow: hide`, 'R'),
  'action-added': row('/OpenAction, /AA, /A or a script', never, mdp, 'R'),
  'names-changed': row('/Names or /Dests: destinations, scripts, embedded files', never, mdp, 'R'),
  'files-attached': row('embedded or associated files', never, mdp, 'R'),
  'outline-changed': row('/Outlines', never, mdp, 'R'),
  'page-labels-changed': row('/PageLabels', never, mdp, 'R'),
  'structure-changed': row('/StructTreeRoot, /MarkInfo or /Lang', never, mdp, 'R'),
  'view-changed': row('how the file opens: page mode, layout, viewer preferences', never, mdp, 'R'),
  'undefined-change': row('what no other row knows', never, `${signed}: stricter reading`, 'R'),
} as const satisfies Record<string, PolicyRow>;

export type ChangeCode = keyof typeof policy;

/** The class of a change at a level. */
export function classOf(code: ChangeCode, level: Level): ChangeClass {
  return policy[code].classes[level === 'none' ? 0 : level];
}

const order: readonly ChangeClass[] = ['permitted', 'undecided', 'suspicious', 'forbidden'];

/** The worst of these; permitted when there is none. */
export function worstOf(classes: readonly ChangeClass[]): ChangeClass {
  return order[Math.max(0, ...classes.map((one) => order.indexOf(one)))] ?? 'forbidden';
}
