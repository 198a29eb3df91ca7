import type { CapturedSignature, CapturedVerdict } from '../model.ts';
import { localTime } from './ids.ts';
import { element, textElement } from './mets-parts.ts';

/** Names before the colon in `signatureProperties`, which PREMIS leaves to whoever writes; a reader takes back those that it knows. */
export const signatureProperties = ['name', 'organisation', 'signedAt', 'level', 'indication', 'subIndication', 'reasons'] as const;

const p = (name: string, text: string): string => textElement(`premis:${name}`, text);

/**
 * `signatureInformation` of each signature in a file (PREMIS 3.0; TT 05/2025/TT-BNV, PL I.II.3 rows 18 to 27): who signed and how, the
 * signature itself, by which rules it was judged with what result, and the certificate with the public key. A signature whose value
 * the verdict does not know has none, as PREMIS wants the value; the event of the judgement tells of it.
 */
export function signatureInformation(verdict: CapturedVerdict): string {
  return verdict.signatures.map((signature) => one(verdict, signature)).join('');
}

function one(verdict: CapturedVerdict, signature: CapturedSignature): string {
  const { written } = signature;
  if (written === undefined) return '';
  const { subject, method, value, certificate } = written;
  const told = { ...signature, name: signature.signer, reasons: signature.reasons.join(' ') };
  const properties = signatureProperties.map((name) => (told[name] === '' ? '' : p('signatureProperties', `${name}: ${told[name]}`)));
  const parts = [
    p('signatureEncoding', 'base64'),
    subject === '' ? '' : p('signer', subject),
    p('signatureMethod', method),
    p('signatureValue', value),
    p('signatureValidationRules', rulesOf(verdict)),
    ...properties,
    certificate === '' ? '' : element('premis:keyInformation', {}, keyInfo(certificate)),
  ];
  return element('premis:signatureInformation', {}, element('premis:signature', {}, parts.join('')));
}

/** Rules, whom they believed, when, and what came of it for the file as a whole. */
function rulesOf({ judgedAt, indication, anchors = '' }: CapturedVerdict): string {
  const roots = anchors === '' ? '' : `; danh mục gốc tin cậy ${anchors}`;
  return `Chính sách kiểm tra chữ ký của Trạm Văn thư theo ETSI EN 319 102-1${roots}; kiểm tra lúc ${localTime(judgedAt)}; kết quả: ${indication}`;
}

/** XML Signature, KeyInfo: the schema of PREMIS names it for this place. */
function keyInfo(certificate: string): string {
  return element('ds:KeyInfo', { 'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#' }, element('ds:X509Data', {}, textElement('ds:X509Certificate', certificate)));
}
