import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { correspondents } from '../documents/correspondents.ts';
import { practiceAgency, practiceStaff } from '../practice-office.ts';
import { pemOf, writeCertificate, type Outline, type PracticeName } from './write-certificate.ts';

/** A certificate of the practice authorities with its key. */
export type PracticeCertificate = {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: KeyObject;
  /** lower-case hex */
  readonly serial: string;
  readonly to: Date;
  readonly issuer: PracticeCertificateId;
  readonly common: string;
};

const ids = ['root', 'ca', 'time', 'leader', 'agency', 'department', 'expired', 'falseRoot', 'falseCa', 'forged'] as const;
export type PracticeCertificateId = (typeof ids)[number];
export type PracticePki = Readonly<Record<PracticeCertificateId, PracticeCertificate>>;

/** Every name of the practice authorities says what they are. */
const authority = 'Chứng thực số luyện tập (không có giá trị pháp lý)';
const head = practiceStaff.persons.find(({ standing }) => standing === 'head')?.name ?? '';
const names = {
  root: { common: 'Gốc luyện tập', organisation: authority },
  ca: { common: 'CA luyện tập', organisation: authority },
  time: { common: 'Dấu thời gian luyện tập', organisation: authority },
  leader: { common: head, organisation: practiceAgency.name },
  agency: { common: practiceAgency.name, organisation: practiceAgency.name, uid: 'MNS:0000099' },
  department: { common: correspondents.provinceFinance.name, organisation: correspondents.provinceFinance.name, uid: 'MNS:0000005' },
} as const satisfies Readonly<Record<string, PracticeName>>;

const day = 86_400_000;
const newKey = promisify(generateKeyPair);

/**
 * Authorities, signers and their keys for one practice day, in memory. Whom nobody made an anchor believes none of it: the root
 * exists for this run only, and an anchor that is added in a practice profile counts in practice profiles alone (trust/kept/anchors.ts).
 * `forged` says that it is the department, by authorities of the same names over other keys; `expired` was the department's two years ago.
 * @param base where the authorities listen, `http://127.0.0.1:<port>`
 */
export async function makePracticePki(now: Date, base: string): Promise<PracticePki> {
  const kinds = ['root', 'ca', 'time', 'leader', 'agency', 'department', 'stranger'] as const;
  const pairs = await Promise.all(kinds.map(() => newKey('rsa', { modulusLength: 2048 })));
  const keys = new Map(kinds.map((kind, at) => [kind, pairs[at]?.privateKey]));
  const key = (kind: (typeof kinds)[number]): KeyObject => {
    const found = keys.get(kind);
    if (found === undefined) throw new Error(`no key for ${kind}`);
    return found;
  };
  const at = (days: number): Date => new Date(now.getTime() + days * day);
  const long = { from: at(-1000), to: at(1000) };
  const make = (given: Omit<Outline, 'issuer' | 'issuerUrl' | 'ocspUrl' | 'from' | 'to'> & { readonly from?: Date; readonly to?: Date }, issuer: keyof typeof names, id: PracticeCertificateId, own: PracticeCertificateId): PracticeCertificate => {
    const isRoot = id === own;
    const outline: Outline = { ...long, ...given, issuer: names[issuer], issuerUrl: isRoot ? '' : `${base}/crt/${id}.crt`, ocspUrl: isRoot ? '' : `${base}/ocsp/${id}` };
    const { der, serial } = writeCertificate(outline);
    return { der, pem: pemOf(der), key: given.key, serial: serial.toString('hex'), to: outline.to, issuer: id, common: given.name.common };
  };
  const [root, ca, stranger] = [key('root'), key('ca'), key('stranger')];
  const signer = (id: 'leader' | 'agency' | 'department'): PracticeCertificate => make({ name: names[id], key: key(id), issuerKey: ca, use: 'signer' }, 'ca', 'ca', id);
  return {
    root: make({ name: names.root, key: root, issuerKey: root, use: 'authority' }, 'root', 'root', 'root'),
    ca: make({ name: names.ca, key: ca, issuerKey: root, use: 'authority' }, 'root', 'root', 'ca'),
    time: make({ name: names.time, key: key('time'), issuerKey: root, use: 'time' }, 'root', 'root', 'time'),
    leader: signer('leader'),
    agency: signer('agency'),
    department: signer('department'),
    expired: make({ name: names.department, key: key('department'), issuerKey: ca, use: 'signer', from: at(-900), to: at(-400) }, 'ca', 'ca', 'expired'),
    falseRoot: make({ name: names.root, key: stranger, issuerKey: stranger, use: 'authority' }, 'root', 'falseRoot', 'falseRoot'),
    falseCa: make({ name: names.ca, key: stranger, issuerKey: stranger, use: 'authority' }, 'root', 'falseRoot', 'falseCa'),
    forged: make({ name: names.department, key: stranger, issuerKey: stranger, use: 'signer' }, 'ca', 'falseCa', 'forged'),
  };
}
