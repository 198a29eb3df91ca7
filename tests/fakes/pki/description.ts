/** The test PKI, in one description: shaped like the government's two generations (signing.md §1.2, samples), all names invented. */

export type KeyKind = 'rsa-1024' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p-256' | 'p-384';

export type Described = {
  /** of the certificate; also the name of its files */
  readonly id: string;
  /** key of the same name is shared */
  readonly key: string;
  readonly kind: KeyKind;
  /** as `openssl req -subj` takes it */
  readonly subject: string;
  /** id of the issuer; its own id for a root */
  readonly issuer: string;
  readonly from: string;
  readonly to: string;
  /** how the issuer signs; default sha256 */
  readonly md?: 'sha1' | 'sha256' | 'sha384';
  readonly pss?: true;
  /** lines of the extension section */
  readonly extensions: readonly string[];
  /** as OpenSSL's index has it: `250601000000Z,superseded` */
  readonly revoked?: string;
};

const policy = '2.16.704.1.1.1.1.1';
const government = '/C=VN/O=Ban Cơ yếu Thử nghiệm';
const ministry = '/C=VN/L=Hà Nội/O=BỘ THỬ NGHIỆM';

const authority = (pathLength?: number): string[] => [
  `basicConstraints=critical,CA:TRUE${pathLength === undefined ? '' : `,pathlen:${String(pathLength)}`}`,
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
];
const below = (issuer: string): string[] => [
  'authorityKeyIdentifier=keyid',
  `authorityInfoAccess=caIssuers;URI:http://ca.test/pki/pub/crt/${issuer}.crt,OCSP;URI:http://ocsp.ca.test/${issuer}`,
  `crlDistributionPoints=URI:http://ca.test/pki/pub/crl/${issuer}.crl`,
];
/** The profile of real certificates of 2025 (samples/README.md, 7). */
const person = (issuer: string, usage = 'digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment'): string[] => [
  'basicConstraints=critical,CA:FALSE',
  'subjectKeyIdentifier=hash',
  ...below(issuer),
  `certificatePolicies=${policy}`,
  'extendedKeyUsage=clientAuth,emailProtection,msSmartcardLogin',
  `keyUsage=critical,${usage}`,
];
const service = (issuer: string, ...lines: readonly string[]): string[] => [
  'basicConstraints=critical,CA:FALSE',
  'subjectKeyIdentifier=hash',
  ...below(issuer),
  'keyUsage=critical,digitalSignature',
  ...lines,
];

const long = { from: '20240101000000Z', to: '20440101000000Z' };
const g2 = { from: '20180822073639Z', to: '20480814073639Z' };

function leaf(id: string, cn: string, more: Partial<Described> = {}): Described {
  const issuer = more.issuer ?? 'g2ca';
  const base = { id, key: 'person', kind: 'rsa-2048', subject: `${ministry}/CN=${cn}`, issuer, ...long, extensions: person(issuer) } as const;
  return { ...base, ...more };
}

export const described: readonly Described[] = [
  {
    id: 'g1root',
    key: 'g1root',
    kind: 'rsa-2048',
    subject: '/C=VN/O=Ban Co yeu Thu nghiem/CN=Co quan chung thuc so chuyen dung Thu nghiem (RootCA)',
    issuer: 'g1root',
    from: '20100310054557Z',
    to: '20300305054557Z',
    md: 'sha1',
    extensions: authority(),
  },
  {
    id: 'g1ca',
    key: 'g1ca',
    kind: 'rsa-2048',
    subject: '/C=VN/O=Ban Co yeu Thu nghiem/CN=Co quan chung thuc so Thu nghiem',
    issuer: 'g1root',
    from: '20100310060000Z',
    to: '20300305050000Z',
    md: 'sha1',
    extensions: [...authority(0), ...below('g1root')],
  },
  { id: 'g2root', key: 'g2root', kind: 'rsa-4096', subject: `${government}/CN=RootCA chuyên dùng Thử nghiệm G2`, issuer: 'g2root', ...g2, extensions: authority() },
  {
    id: 'g2ca',
    key: 'g2ca',
    kind: 'rsa-4096',
    subject: `${government}/CN=CA phục vụ các cơ quan Thử nghiệm G2`,
    issuer: 'g2root',
    ...g2,
    extensions: [...authority(0), ...below('g2root'), `certificatePolicies=${policy}`],
  },
  { id: 'ecca', key: 'ecca', kind: 'p-384', subject: `${government}/CN=CA đường cong Thử nghiệm`, issuer: 'g2root', ...g2, extensions: [...authority(0), ...below('g2root')] },
  { id: 'pssca', key: 'pssca', kind: 'rsa-3072', subject: `${government}/CN=CA PSS Thử nghiệm`, issuer: 'g2root', ...g2, pss: true, extensions: [...authority(0), ...below('g2root')] },
  {
    id: 'narrowca',
    key: 'pssca',
    kind: 'rsa-3072',
    subject: `${government}/CN=CA có ràng buộc tên`,
    issuer: 'g2root',
    ...g2,
    extensions: [...authority(0), ...below('g2root'), 'nameConstraints=critical,permitted;dirName:narrow,permitted;email:.bothu.test', '[narrow]', '1.C=VN', '2.ST=Bo Thu'],
  },
  // A key that may be found.
  { id: 'shortca', key: 'short', kind: 'rsa-1024', subject: `${government}/CN=CA khoá ngắn Thử nghiệm`, issuer: 'g2root', ...g2, extensions: [...authority(0), ...below('g2root')] },
  // May not exist: its issuer has pathlen 0.
  { id: 'deepca', key: 'pssca', kind: 'rsa-3072', subject: `${government}/CN=CA quá sâu`, issuer: 'g2ca', ...g2, extensions: [...authority(), ...below('g2ca')] },
  // The name of the G2 root over another key.
  { id: 'lookalike', key: 'stranger', kind: 'rsa-2048', subject: `${government}/CN=RootCA chuyên dùng Thử nghiệm G2`, issuer: 'lookalike', ...g2, extensions: authority() },
  // The name of the G2 issuing authority over another key, and a responder of its own.
  { id: 'fakeca', key: 'faker', kind: 'rsa-2048', subject: `${government}/CN=CA phục vụ các cơ quan Thử nghiệm G2`, issuer: 'lookalike', ...g2, extensions: authority() },

  leaf('leader', 'Nguyễn Thị Thử', { key: 'leader', kind: 'rsa-3072' }),
  leaf('clerk', 'PHÒNG VĂN THƯ'),
  leaf('agency', 'BỘ THỬ NGHIỆM/UID=MNS:9057059/UID=MST:0109999999/emailAddress=bothu@bothu.test', { key: 'agency', kind: 'rsa-4096' }),
  leaf('otheragency', '', { subject: '/C=VN/L=Hà Nội/O=BỘ KHÁC/CN=BỘ KHÁC/UID=MNS:7057057', key: 'other' }),
  // Says that it is the agency; who says so is nobody.
  leaf('claimant', 'BỘ THỬ NGHIỆM/UID=MNS:9057059/UID=MST:0109999999', { key: 'other', issuer: 'lookalike' }),
  leaf('ec256', 'Trần Văn Đường', { key: 'ec256', kind: 'p-256', issuer: 'ecca', md: 'sha384' }),
  leaf('ec384', 'Lê Đường Cong', { key: 'ec384', kind: 'p-384', issuer: 'ecca', md: 'sha384' }),
  leaf('pss', 'Phạm Xác Suất', { issuer: 'pssca', pss: true }),
  // KU nonRepudiation only, as the portal's certificate of 2014 has it.
  leaf('old', 'Cổng Thông tin Thử nghiệm', { issuer: 'g1ca', from: '20140115071625Z', to: '20190114071625Z', md: 'sha1', extensions: person('g1ca', 'nonRepudiation') }),
  leaf('expired', 'Hết Hạn', { from: '20190101000000Z', to: '20240101000000Z' }),
  leaf('future', 'Chưa Hiệu Lực', { from: '20400101000000Z', to: '20450101000000Z' }),
  leaf('encipher', 'Chỉ Mã Hoá', { extensions: person('g2ca', 'keyEncipherment') }),
  leaf('byshort', 'Do Khoá Ngắn Cấp', { issuer: 'shortca' }),
  // Of a web server, which proves itself to others too.
  leaf('webserver', 'www.bothu.test', { extensions: [...person('g2ca', 'digitalSignature,keyEncipherment').filter((line) => !line.startsWith('extendedKeyUsage')), 'extendedKeyUsage=serverAuth,clientAuth'] }),
  leaf('strange', 'Phần Mở Rộng Lạ', { extensions: [...person('g2ca'), '1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:la'] }),
  leaf('superseded', 'Đã Thay', { revoked: '250601000000Z,superseded' }),
  leaf('stolen', 'Lộ Khoá', { revoked: '250601000000Z,keyTime,20250301000000Z' }),
  leaf('held', 'Tạm Dừng', { revoked: '250601000000Z,holdInstruction,holdInstructionReject' }),
  // OpenSSL writes the names of constraints as Latin 1, so these have a part in ASCII.
  leaf('narrow', '', { issuer: 'narrowca', subject: '/C=VN/ST=BO THU/O=BỘ THỬ NGHIỆM/CN=Trong Ràng Buộc/emailAddress=ai@van.bothu.test' }),
  leaf('outside', '', { issuer: 'narrowca', subject: '/C=VN/ST=Bo Khac/O=BỘ THỬ NGHIỆM/CN=Ngoài Ràng Buộc' }),
  leaf('outmail', '', { issuer: 'narrowca', subject: '/C=VN/ST=Bo Thu/O=BỘ THỬ NGHIỆM/CN=Thư Ngoài/emailAddress=ai@khac.test' }),
  leaf('deep', 'Quá Sâu', { issuer: 'deepca' }),
  leaf('byperson', 'Do Người Cấp', { issuer: 'clerk' }),
  leaf('forged', 'Giả Danh', { issuer: 'lookalike' }),

  { id: 'tsa', key: 'tsa', kind: 'rsa-2048', subject: `${government}/CN=Máy chủ cấp dấu thời gian Thử nghiệm 02`, issuer: 'g2root', ...g2, extensions: service('g2root', 'extendedKeyUsage=critical,timeStamping') },
  { id: 'tsa1', key: 'tsa', kind: 'rsa-2048', subject: `${government}/CN=Máy chủ cấp dấu thời gian Thử nghiệm 01`, issuer: 'g1root', from: '20180813032124Z', to: '20280810032124Z', extensions: service('g1root', 'extendedKeyUsage=critical,timeStamping') },
  { id: 'strangetsa', key: 'stranger', kind: 'rsa-2048', subject: `${government}/CN=Máy chủ cấp dấu thời gian Thử nghiệm 02`, issuer: 'lookalike', ...g2, extensions: service('lookalike', 'extendedKeyUsage=critical,timeStamping') },
  { id: 'g2ocsp', key: 'ocsp', kind: 'rsa-2048', subject: `${government}/CN=OCSP Thử nghiệm`, issuer: 'g2ca', ...g2, extensions: service('g2ca', 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored') },
  { id: 'checkocsp', key: 'ocsp', kind: 'rsa-2048', subject: `${government}/CN=OCSP phải kiểm tra`, issuer: 'g2ca', ...g2, extensions: service('g2ca', 'extendedKeyUsage=OCSPSigning') },
  { id: 'fakeocsp', key: 'faker', kind: 'rsa-2048', subject: `${government}/CN=OCSP giả`, issuer: 'fakeca', ...g2, extensions: service('g2ca', 'extendedKeyUsage=OCSPSigning') },
  { id: 'strangeocsp', key: 'stranger', kind: 'rsa-2048', subject: `${government}/CN=OCSP của người khác`, issuer: 'lookalike', ...g2, extensions: service('lookalike', 'extendedKeyUsage=OCSPSigning') },
];
