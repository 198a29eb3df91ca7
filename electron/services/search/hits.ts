import type { Marked, SearchHit, SearchPlace } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { bodyOf, entryOf, type Entry } from './entry.store.ts';
import { documentAt } from './find.store.ts';
import type { Search } from './find.ts';
import { isMarked, mark, markerOf, snippet, type Marker } from './marks.ts';

/** Places that are shown beside number and subject, in this order, and how many of them. */
const shownPlaces: readonly SearchPlace[] = ['issuer', 'handling', 'holder', 'signer', 'recipients', 'description', 'kind'];
const mostPlaces = 2;

/** What was found, as a list shows it: with the words marked, and where else they stand. */
export function hitsOf(db: ReadDb, search: Search, docs: readonly number[]): SearchHit[] {
  const marker = markerOf(search.asked, search.spell);
  return docs.flatMap((doc) => {
    const place = documentAt(db, doc);
    const entry = place === undefined ? undefined : entryOf(db, place.register, place.id);
    if (place === undefined || entry === undefined) return [];
    return [hitOf(entry, marker, () => (place.hasBody ? bodyOf(db, place.register, place.id) : null))];
  });
}

function hitOf(entry: Entry, marker: Marker, body: () => string | null): SearchHit {
  const code = mark(entry.code, marker);
  const subject = mark(entry.subject, marker);
  const found: { place: SearchPlace; parts: Marked }[] = [];
  const missing = marker.filter((one) => ![code, subject].some((parts) => shows(parts, one)));
  if (missing.length > 0) {
    const texts = { ...entry.texts, issuer: entry.issuerName };
    for (const place of shownPlaces) {
      if (found.length === mostPlaces) break;
      const parts = mark(texts[place] ?? '', missing);
      if (isMarked(parts)) found.push({ place, parts: shortened(parts) });
    }
    const unseen = missing.filter((one) => !found.some(({ parts }) => shows(parts, one)));
    const text = unseen.length === 0 ? null : body();
    const parts = text === null ? null : (snippet(text, unseen) ?? null);
    if (parts !== null) found.push({ place: 'text', parts });
  }
  return {
    id: entry.id,
    register: entry.register,
    standing: entry.standing,
    code,
    arrivalNumber: entry.arrivalNumber,
    day: entry.day,
    issuedDate: entry.issuedDate,
    typeName: entry.typeName,
    subject,
    issuerName: entry.issuerName,
    urgency: entry.urgency,
    dueDate: entry.dueDate,
    found,
  };
}

function shows(parts: Marked, one: Marker[number]): boolean {
  return isMarked(mark(parts.map(({ text }) => text).join(''), [one]));
}

/** Long lists of recipients are shown from shortly before the first hit. */
function shortened(parts: Marked): Marked {
  const before = parts[0];
  if (before === undefined || before.hit || before.text.length <= 60) return parts;
  return [{ text: `…${before.text.slice(-50)}`, hit: false }, ...parts.slice(1)];
}
