import type { VerdictCertificate, VerdictSigner } from '#contract';
import { agencyCodes, namePart, nameText, type Certificate } from '../../trust/index.ts';
import { localTime } from '../verdict/local-time.ts';
import { capacityOf } from './capacity.ts';

/** The agency that a document says it is from. What is not known stays out. */
export type ExpectedAgency = {
  /** mã số đơn vị có quan hệ với ngân sách */
  readonly budgetCode?: string;
  /** mã số thuế */
  readonly taxCode?: string;
  /** any of its names */
  readonly names?: readonly string[];
};

/** Who a certificate says it is, and whether that is the agency that was expected. */
export function signerOf(certificate: Certificate, expected: ExpectedAgency | undefined): VerdictSigner {
  const { subject } = certificate;
  const part = (type: string): string => namePart(subject, type)?.trim() ?? '';
  const { budget, tax } = agencyCodes(subject);
  const names = { name: part('CN'), organization: part('O'), unit: part('OU'), budgetCode: budget ?? '', taxCode: tax ?? '' };
  return { ...names, email: part('E'), capacity: capacityOf(names), agency: agencyMatch(names, expected), certificate: certificateFacts(certificate) };
}

export function certificateFacts({ sha256, subject, issuer, serial, notBefore, notAfter, key }: Certificate): VerdictCertificate {
  return { sha256, subject: nameText(subject), issuer: nameText(issuer), serial, validFrom: localTime(notBefore), validTo: localTime(notAfter), key: key.name };
}

type Codes = Pick<VerdictSigner, 'name' | 'organization' | 'budgetCode' | 'taxCode'>;

/**
 * Codes decide where both sides have one of the same kind. Names can only say yes: an agency has several, and a unit of it
 * its own, so another name alone is no other agency.
 */
function agencyMatch(signer: Codes, expected: ExpectedAgency | undefined): VerdictSigner['agency'] {
  const pairs = [['budget', signer.budgetCode, expected?.budgetCode], ['tax', signer.taxCode, expected?.taxCode]] as const;
  for (const [by, own, wanted] of pairs) {
    if (own !== '' && wanted !== undefined && wanted !== '') return { match: own === wanted.trim() ? 'yes' : 'no', by };
  }
  const own = [signer.organization, signer.name].map(folded).filter((name) => name !== '');
  const isNamed = (expected?.names ?? []).some((name) => own.includes(folded(name)));
  return isNamed ? { match: 'yes', by: 'name' } : { match: 'undetermined', by: 'nothing' };
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}
