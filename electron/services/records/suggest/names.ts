/** Words that begin the name of a body and are followed by the name of its field: Sở Nội vụ, Bộ Xây dựng. */
const fieldHeads =
  /^(?:bộ|sở|cục|chi cục|tổng cục|vụ|viện|phòng|ban|trung tâm|trường|học viện|tổng công ty|công ty|hội|liên đoàn|liên hiệp|quỹ|hạt|trạm|đội|chi nhánh)\s/u;
/** Proper names that capitals hide. Longest first. */
const properNames = [
  'Hội đồng nhân dân', 'Ủy ban nhân dân', 'Uỷ ban nhân dân', 'Mặt trận Tổ quốc', 'Hồ Chí Minh', 'Thủ tướng Chính phủ', 'Chính phủ',
  'Quốc hội', 'Việt Nam', 'Trung ương', 'Đảng Cộng sản', 'Nhà nước', 'Hà Nội', 'Hải Phòng', 'Đà Nẵng', 'Cần Thơ', 'Thủ tướng',
  'Bộ Chính trị', 'Ban Bí thư', 'Chủ tịch nước',
].toSorted((a, b) => b.length - a.length);
const initials = /^(?:UBND|HĐND|UBMTTQ|MTTQ|TNHH|MTV|BHXH|BHYT|VKSND|TAND|THPT|THCS|VNPT|EVN|QLDA|KCN|KKT|CNTT)$/;
const placeWord = /(?<=^|\s)((?:tỉnh|thành|đảng)\s(?:ủy|uỷ)|tỉnh|thành phố|thị xã|thị trấn|đặc khu|xã|phường|huyện|quận)\s+(.+?)(?=$|,|\s(?:tỉnh|thành phố|huyện|quận)\s)/giu;

/**
 * The name of a body that is printed in capitals, as one writes it in a sentence. First as the document itself writes it;
 * else by the habits of such names, which is a guess.
 */
export function bodyName(capitals: string, flow: string): { readonly name: string; readonly seen: boolean } {
  const seen = writtenOut(capitals, flow);
  return seen === undefined ? { name: byHabit(capitals), seen: false } : { name: seen, seen: true };
}

/** How the text writes these words when not in capitals: the way it does so most often. */
function writtenOut(capitals: string, flow: string): string | undefined {
  const words = capitals.split(' ').map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  const counts = new Map<string, number>();
  for (const [found] of flow.matchAll(new RegExp(String.raw`(?<!\p{L})${words.join(String.raw`\s+`)}(?!\p{L})`, 'giu'))) {
    const text = found.replaceAll(/\s+/g, ' ');
    if (/^\p{Lu}/u.test(text) && text !== text.toUpperCase()) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

function byHabit(capitals: string): string {
  const words = capitals.split(' ').map((word) => (initials.test(word) ? word : word.toLowerCase()));
  let text = capitalised(words.join(' '));
  const head = fieldHeads.exec(text.toLowerCase())?.[0];
  if (head !== undefined) text = text.slice(0, head.length) + capitalised(text.slice(head.length));
  for (const name of properNames) text = withCase(text, name);
  return text.replaceAll(placeWord, (_all, word: string, name: string, at: number) => {
    const kind = at === 0 ? capitalised(word.toLowerCase()) : word.toLowerCase();
    return `${kind} ${name.split(' ').map(capitalised).join(' ')}`;
  });
}

function withCase(text: string, name: string): string {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  return at < 0 ? text : text.slice(0, at) + name + text.slice(at + name.length);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A position in capitals as a register writes it: `Phó Chủ tịch`. */
export function positionName(capitals: string, flow: string): string {
  const seen = writtenOut(capitals, flow);
  if (seen !== undefined) return seen;
  const text = capitalised(capitals.toLowerCase());
  // Chairman, minister and the like have a capital after Phó, and so have a body and its field.
  return text
    .replace(/^Phó (\p{L})/u, (_all, letter: string) => `Phó ${letter.toUpperCase()}`)
    .replace(/ (sở|bộ|cục|ban) (\p{L})/u, (_all, body: string, letter: string) => ` ${capitalised(body)} ${letter.toUpperCase()}`);
}

/** The name of place at the end of a body's name, `tỉnh Lam Giang`; undefined when there is none. */
export function placeIn(name: string): string | undefined {
  return /(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận)\s+\p{Lu}.*$/u.exec(name)?.[0];
}
