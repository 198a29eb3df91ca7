/**
 * Vietnamese as it was written before Unicode: fonts that drew Vietnamese letters at the places of other letters. Files
 * made with them are still sent; what is read out of them is `Céng hßa x· héi` (TCVN3, fonts `.VnTime`) or
 * `Coäng hoøa xaõ hoäi` (VNI, fonts `VNI-Times`). Tables: TCVN 5712:1993 VN3, and the VNI encoding for Windows.
 */
const tcvn3 = tableOf(
  '¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©â®đªê«ô¬ơ\u00adưµàμà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ',
);
/** VNI: a letter and the mark that follows it, then what they make. */
const vniPairs = triples(
  'aùáaøàaûảaõãaïạaââaáấaàầaåẩaãẫaäậaêăaéắaèằaúẳaüẵaëặeùéeøèeûẻeõẽeïẹeâêeáếeàềeåểeãễeäệoùóoøòoûỏoõõoïọoâôoáốoàồoåổoãỗoäộuùúuøùuûủuõũuïụyùýyøỳyûỷyõỹôùớôøờôûởôõỡôïợöùứöøừöûửöõữöïự',
);
const vniSingles = tableOf('ôơöưæỉóĩòịîỵñđÔƠÖƯÆỈÓĨÒỊÎỴÑĐ');

const commonWords = /cộng|xã hội|chủ nghĩa|việt nam|độc lập|hạnh phúc|của|ngày|tháng|năm|được|quyết định|nghị định|thực hiện|các|nhân dân/giu;
/** Letters that only Unicode text has: what holds one of them was not written in an old font. */
const unicodeOnly = /[\u1ea0-\u1ef9ăđơưĂĐƠƯ]/u;

type Decoder = (text: string) => string;

/**
 * How the text of a document is to be read: as it is, or through an old font's table. Judged by the words that come out,
 * over some thousand letters of it.
 */
export function decoderFor(sample: string): Decoder {
  const head = sample.slice(0, 20_000);
  const candidates: readonly Decoder[] = [asWritten, perRun(fromTcvn3), perRun(fromVni)];
  const scores = candidates.map((decode) => decode(head).match(commonWords)?.length ?? 0);
  const best = Math.max(...scores);
  return (best > 2 * (scores[0] ?? 0) + 2 ? candidates[scores.indexOf(best)] : undefined) ?? asWritten;
}

function asWritten(text: string): string {
  return text.normalize('NFC');
}

/** Word by word, as a document may mix old fonts with new ones. */
function perRun(decode: Decoder): Decoder {
  return (text) =>
    text
      .split('\n')
      .map((line) => inCapitals(line, line.replaceAll(/\S+/gu, (word) => (unicodeOnly.test(word) ? word.normalize('NFC') : decode(word)))))
      .join('\n');
}

/** TCVN3 has no capitals with marks; a font of capitals drew the small letters so, among plain letters that are capitals. */
function inCapitals(raw: string, decoded: string): string {
  const plain = raw.match(/[a-z]/gi) ?? [];
  return plain.length >= 2 && plain.every((letter) => letter === letter.toUpperCase()) ? decoded.toUpperCase() : decoded;
}

/** Hyphens in capital syllables that are ư: TH-, L-U, -U. */
const inCapitalSyllable = /(?<=^(?:TH|TR|NG|NH|CH|PH|[BCDGHKLMNRSTVX])?)-(?=[AIU]?[,.;:]?$)/u;

function fromTcvn3(word: string): string {
  // The place of ư is the soft hyphen's, which readers take for a hyphen; symbols of documents have theirs between capitals.
  const whole = word.replaceAll(/(?<=\p{Ll})-(?!\p{Lu}|\p{N})|-(?=[\u00a8-\u00ff])|^-(?=\p{Ll})/gu, '\u00ad');
  return [...whole.replace(inCapitalSyllable, '\u00ad')].map((letter) => tcvn3.get(letter) ?? letter).join('');
}

function fromVni(word: string): string {
  let out = '';
  for (let at = 0; at < word.length; at += 1) {
    const letter = word[at] ?? '';
    const pair = vniPairs.get(letter.toLowerCase() + (word[at + 1] ?? '').toLowerCase());
    if (pair !== undefined && word[at + 1] !== undefined) {
      out += letter === letter.toLowerCase() ? pair : pair.toUpperCase();
      at += 1;
    } else {
      out += vniSingles.get(letter) ?? letter;
    }
  }
  return out.normalize('NFC');
}

function tableOf(text: string): ReadonlyMap<string, string> {
  const letters = [...text];
  return new Map(letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? ''] as const] : [])));
}

function triples(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/(..)(.)/gu)].map(([, pair = '', letter = '']) => [pair, letter]));
}
