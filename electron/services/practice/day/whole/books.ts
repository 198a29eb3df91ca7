import type { Book, OutgoingDetail } from '#contract';
import { vietnamDay } from '../../../../foundation/clock.ts';
import { codeOf, must, partners, safeName, type Day } from '../day.ts';
import { keepPrinted } from './prints.ts';

const formats = ['pdf', 'xlsx', 'csv'] as const;

/** All registers of the year, the follow-up book and both reports; for a document of ours envelopes and a dispatch note. */
export async function printBooks(day: Day, issued: readonly OutgoingDetail[]): Promise<void> {
  day.chapter('In sổ đăng ký, sổ theo dõi, báo cáo, bì và phiếu gửi');
  const { printing } = day.client;
  const books = must(await printing.books({}));
  for (const book of books) {
    for (const kind of book.register === 'incoming' ? (['incoming', 'follow-up'] as const) : (['outgoing'] as const)) {
      for (const format of formats) {
        const printed = must(await printing.makeBook({ kind, series: book.series, year: book.year, firstNumber: null, lastNumber: null, from: null, to: null, volume: '01', format }));
        await keepPrinted(day, `so-dang-ky/${fileName(kind, book)}.${format}`, printed);
      }
    }
  }
  day.check('Mỗi sổ của năm in được, ba dạng', books.some(({ register }) => register === 'incoming') && books.some(({ register }) => register === 'outgoing'), books.map(({ register, name, documents }) => `${register === 'incoming' ? 'đến' : 'đi'}${name === '' ? '' : ` ${name}`}: ${String(documents)} văn bản`).join('; '));

  const today = vietnamDay(day.clock.now());
  for (const kind of ['incoming', 'outgoing'] as const) {
    const report = must(await printing.report({ kind, from: today, to: today }));
    const total = report.figures.find(({ level }) => level === 0);
    day.check(kind === 'incoming' ? 'Báo cáo văn bản đến trong ngày' : 'Báo cáo văn bản đi trong ngày', (total?.value ?? 0) > 0, `${total?.label ?? '—'}: ${String(total?.value ?? 0)}`);
    for (const format of formats) await keepPrinted(day, `bao-cao/bao-cao-van-ban-${kind === 'incoming' ? 'den' : 'di'}.${format}`, must(await printing.makeReport({ kind, from: today, to: today, format })));
  }
  const outgoing = issued.map(({ id }) => id);
  const to = Object.values(partners).map(({ name }) => ({ name, address: 'Tỉnh Lam Giang' }));
  const from = { address: 'Số 01 phố Luyện Tập', phone: '', fax: '', email: '', website: '' };
  await keepPrinted(day, 'in-an/bi-van-ban.pdf', must(await printing.makeEnvelopes({ outgoing, size: 'C4', from, to })));
  await keepPrinted(day, 'in-an/phieu-gui.pdf', must(await printing.makeDispatchNote({ outgoing, to: partners.commune.name, code: issued[0] === undefined ? '' : codeOf(issued[0]) })));
}

function fileName(kind: 'incoming' | 'outgoing' | 'follow-up', book: Book): string {
  const words = { incoming: 'so-van-ban-den', outgoing: 'so-van-ban-di', 'follow-up': 'so-theo-doi-giai-quyet' } as const;
  return [words[kind], String(book.year), ...(book.name === '' ? [] : [safeName(book.name)]), ...(book.series === null ? ['ghi-tay'] : [])].join('-');
}
