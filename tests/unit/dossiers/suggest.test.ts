import { expect, test } from 'vitest';
import { must, openDossiers, people } from './office.ts';

/** Matters of an office's year: title of the dossier, who writes, of what kind, and how subjects read. */
const matters = [
  ['Hồ sơ về dự toán, phân bổ ngân sách', 'Sở Tài chính', 'Công văn', ['lập dự toán ngân sách', 'phân bổ dự toán chi', 'thẩm định dự toán kinh phí']],
  ['Hồ sơ quyết toán ngân sách năm', 'Kho bạc Nhà nước khu vực', 'Báo cáo', ['quyết toán chi thường xuyên', 'đối chiếu số liệu quyết toán', 'xét duyệt quyết toán']],
  ['Hồ sơ tuyển dụng, bổ nhiệm công chức', 'Sở Nội vụ', 'Quyết định', ['bổ nhiệm lãnh đạo quản lý', 'tuyển dụng công chức', 'luân chuyển cán bộ']],
  ['Hồ sơ thi đua, khen thưởng', 'Ban Thi đua – Khen thưởng', 'Tờ trình', ['khen thưởng thành tích', 'xét tặng danh hiệu thi đua', 'phát động phong trào thi đua']],
  ['Hồ sơ phòng cháy, chữa cháy', 'Công an tỉnh', 'Kế hoạch', ['phòng cháy chữa cháy rừng', 'diễn tập chữa cháy', 'kiểm tra an toàn phòng cháy']],
  ['Hồ sơ quản lý đất đai', 'Sở Nông nghiệp và Môi trường', 'Công văn', ['thu hồi đất', 'cấp giấy chứng nhận quyền sử dụng đất', 'kế hoạch sử dụng đất']],
  ['Hồ sơ bảo vệ môi trường', 'Sở Nông nghiệp và Môi trường', 'Báo cáo', ['quan trắc môi trường', 'xử lý chất thải rắn', 'ô nhiễm nguồn nước']],
  ['Hồ sơ tiếp công dân, giải quyết khiếu nại', 'Thanh tra tỉnh', 'Báo cáo', ['giải quyết khiếu nại tố cáo', 'tiếp công dân định kỳ', 'kết luận nội dung tố cáo']],
  ['Hồ sơ cải cách hành chính', 'Sở Nội vụ', 'Kế hoạch', ['cải cách thủ tục hành chính', 'chỉ số cải cách', 'đơn giản hóa thủ tục']],
  ['Hồ sơ chuyển đổi số', 'Sở Khoa học và Công nghệ', 'Kế hoạch', ['chuyển đổi số', 'dịch vụ công trực tuyến', 'an toàn thông tin mạng']],
  ['Hồ sơ xây dựng nông thôn mới', 'Văn phòng Điều phối', 'Báo cáo', ['nông thôn mới nâng cao', 'tiêu chí nông thôn mới', 'sản phẩm OCOP']],
  ['Hồ sơ y tế, dân số', 'Sở Y tế', 'Công văn', ['tiêm chủng mở rộng', 'phòng chống dịch bệnh', 'công tác dân số']],
  ['Hồ sơ giáo dục và đào tạo', 'Sở Giáo dục và Đào tạo', 'Công văn', ['tuyển sinh đầu cấp', 'phổ cập giáo dục', 'cơ sở vật chất trường học']],
  ['Hồ sơ văn hóa, lễ hội', 'Sở Văn hóa, Thể thao và Du lịch', 'Công văn', ['tổ chức lễ hội', 'quản lý di tích', 'gia đình văn hóa']],
  ['Hồ sơ lao động, người có công', 'Sở Nội vụ', 'Công văn', ['chế độ người có công', 'hỗ trợ việc làm', 'trợ giúp xã hội']],
  ['Hồ sơ quốc phòng địa phương', 'Bộ Chỉ huy Quân sự tỉnh', 'Công điện', ['tuyển quân', 'huấn luyện dân quân', 'diễn tập phòng thủ']],
] as const;
const tails = ['quý I', 'quý II', '6 tháng đầu năm', 'trên địa bàn xã', 'theo chỉ đạo của tỉnh', 'trong tình hình mới', 'đợt 2', 'giai đoạn 2026–2030'];

/** Numbers that are the same in every run. */
function chance(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test('of a thousand documents whose dossiers are known, at least nine in ten have theirs first, by rules and past choices, and each says why', async () => {
  const { dossiers, arrive, open } = openDossiers();
  const pick = chance();
  const ids: string[] = [];
  for (const [title] of matters) ids.push((await open({ title })).id);
  let right = 0;
  let asked = 0;
  for (let at = 0; at < 1000; at += 1) {
    const matter = pick(matters.length);
    const [, issuer, kind, subjects] = matters[matter] ?? matters[0];
    // One in five comes from somebody or in a form that is not the usual one.
    const other = matters[pick(matters.length)] ?? matters[0];
    const document = await arrive({
      issuer: { organId: 'H29', name: pick(5) === 0 ? other[1] : issuer },
      typeName: pick(5) === 0 ? other[2] : kind,
      subject: `V/v ${subjects[pick(subjects.length)] ?? ''} ${tails[pick(tails.length)] ?? ''}`,
      issuedDate: '2026-11-10',
    });
    const found = await must(dossiers.suggest({ document }));
    asked += 1;
    if (found[0]?.dossier === ids[matter]) right += 1;
    for (const { reasons } of found) expect(reasons.length).toBeGreaterThan(0);
    await must(dossiers.addDocuments({ dossier: ids[matter] ?? '', documents: [{ kind: 'incoming', id: document }] }));
  }
  expect(right / asked).toBeGreaterThanOrEqual(0.9);
}, 300_000);

test('the thread of a matter goes before likeness; a code that a document names goes before all; the same question has the same answer', async () => {
  const { dossiers, arrive, issued, open } = openDossiers();
  const asked = await arrive({ subject: 'V/v đề nghị hỗ trợ kinh phí', issuedDate: '2026-11-10' });
  const thread = await open({ title: 'Hồ sơ việc khác hẳn' }, [{ kind: 'incoming', id: asked }]);
  const alike = await open({ title: 'Hồ sơ hỗ trợ kinh phí' });
  const reply = await issued({ repliesTo: asked, subject: 'V/v hỗ trợ kinh phí' });
  const found = await must(dossiers.suggest({ document: reply }));
  expect(found.map(({ dossier, reasons }) => [dossier, reasons[0]?.code])).toEqual([[thread.id, 'thread'], [alike.id, 'title-words']]);
  expect(found[1]?.reasons[0]?.params).toEqual({ words: '“hỗ trợ kinh phí”' });
  expect(await must(dossiers.suggest({ document: reply }))).toEqual(found);
  const before = { issuerName: '', typeName: '', subject: 'hỗ trợ kinh phí', repliesTo: asked, fileNotation: alike.notation, catalog: 2026 };
  expect((await must(dossiers.suggest(before)))[0]).toMatchObject({ dossier: alike.id, reasons: [{ code: 'file-code' }, { code: 'title-words' }] });
});

test('past choices of the years before lead to the entry of this one, and to its dossier once it is opened; closed ones are not offered', async () => {
  const { dossiers, plan, arrive, setNow } = openDossiers();
  const old = await plan(2025, true);
  const [budget] = old.entries;
  const made = await must(dossiers.prefill({ as: 'entry', entry: budget?.id ?? '' }));
  let past = await must(dossiers.open({ entry: made.entry, fields: made.fields, documents: [] }));
  const words = { issuer: { organId: 'H29.1', name: 'Sở Tài chính' }, typeName: 'Công văn', subject: 'V/v khoán kinh phí xe công', issuedDate: '2026-11-10' };
  const first = await arrive(words);
  past = (await must(dossiers.addDocuments({ dossier: past.id, documents: [{ kind: 'incoming', id: first }] }))).dossier;
  const seen = (await must(dossiers.check({ id: past.id }))).map(({ key }) => key);
  await must(dossiers.close({ id: past.id, version: past.version, endDate: '2026-12-31', seen }));
  setNow('2026-11-20T03:00:00.000Z');
  const copy = await must(dossiers.createPlan({ year: 2026, numbering: 'heading', note: '', copyFrom: old.id }));
  const next = await arrive(words);
  expect(await must(dossiers.suggest({ document: next }))).toEqual([]);
  const issued = await must(dossiers.approvePlan({ id: copy.id, version: copy.version, decisionNumber: '1', decisionDate: '2026-01-05', approver: 'A' }));
  const [top] = await must(dossiers.suggest({ document: next }));
  expect(top).toMatchObject({ dossier: null, entry: issued.entries[0]?.id, notation: '01.TC' });
  expect(top?.reasons[0]).toEqual({ code: 'issuer-kind', params: { count: 1, issuer: 'Sở Tài chính', kind: 'Công văn' } });
  const again = await must(dossiers.prefill({ as: 'document', document: next, entry: top?.entry ?? null }));
  expect(again).toMatchObject({ documents: [{ kind: 'incoming', id: next }], fields: { notation: '01.TC', startDate: '2026-11-10' } });
  const now = await must(dossiers.open({ entry: again.entry, fields: again.fields, documents: [...again.documents] }));
  expect((await must(dossiers.suggest({ document: await arrive(words) })))[0]).toMatchObject({ dossier: now.id, entry: null });
});

test('a reason names phrases as they stand in the subject, and who chose the dossier for the same issuer before', async () => {
  const { dossiers, arrive, open, sit } = openDossiers();
  const budget = await open({ title: 'Hồ sơ về dự toán, phân bổ ngân sách', maker: { unit: null, unitName: '', person: null, personName: '' } });
  const words = { issuer: { organId: 'H29.1', name: 'Sở Tài chính' }, typeName: 'Công văn', issuedDate: '2026-11-10' };
  const first = await arrive({ ...words, subject: 'V/v lập dự toán kinh phí sửa chữa trụ sở' });
  const next = await arrive({ ...words, subject: 'V/v phân bổ Ngân sách năm 2027 và dự toán kinh phí sửa chữa' });
  sit(people.officer);
  await must(dossiers.addDocuments({ dossier: budget.id, documents: [{ kind: 'incoming', id: first }] }));
  const reasons = async (): Promise<unknown> => (await must(dossiers.suggest({ document: next })))[0]?.reasons;
  const rest = [
    { code: 'issuer-kind', params: { count: 1, issuer: 'Sở Tài chính', kind: 'Công văn' } },
    { code: 'title-words', params: { words: '“phân bổ Ngân sách”, “dự toán”' } },
    { code: 'words-before', params: { words: '“dự toán kinh phí sửa chữa”' } },
  ];
  expect(await reasons()).toEqual([{ code: 'chosen-before', params: { by: 'Phạm Văn Chuyên Viên', mine: 'yes', issuer: 'Sở Tài chính' } }, ...rest]);
  sit(people.chair);
  expect(await reasons()).toEqual([{ code: 'chosen-before', params: { by: 'Phạm Văn Chuyên Viên', mine: 'no', issuer: 'Sở Tài chính' } }, ...rest]);
});
