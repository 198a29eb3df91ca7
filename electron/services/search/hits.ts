import type { Marked, SearchHit, SearchPlace } from '#contract';
import type { ReadDb } from '../../store/index.ts';
import { bodyOf, entryOf, type Entry } from './entry.store.ts';
import { documentAt } from './find.store.ts';
import type { Search } from './find.ts';
import { mark, markerOf, snippet, type Looked, type Marker } from './marks.ts';

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
  const missing = new Set(marker.rows.keys());
  const seen = ({ which }: Looked): void => {
    for (const one of which) missing.delete(one);
  };
  seen(code);
  seen(subject);
  const found: { place: SearchPlace; parts: Marked }[] = [];
  const texts = { ...entry.texts, issuer: entry.issuerName };
  for (const place of shownPlaces) {
    if (missing.size === 0 || found.length === mostPlaces) break;
    const looked = mark(texts[place] ?? '', marker);
    if (![...looked.which].some((one) => missing.has(one))) continue;
    seen(looked);
    found.push({ place, parts: shortened(looked.parts) });
  }
  const text = missing.size === 0 ? null : body();
  const parts = text === null ? null : snippet(text, marker, missing);
  if (parts !== null) found.push({ place: 'text', parts });
  return {
    id: entry.id,
    register: entry.register,
    standing: entry.standing,
    code: code.parts,
    arrivalNumber: entry.arrivalNumber,
    day: entry.day,
    issuedDate: entry.issuedDate,
    typeName: entry.typeName,
    subject: subject.parts,
    issuerName: entry.issuerName,
    urgency: entry.urgency,
    dueDate: entry.dueDate,
    imported: entry.source === 'register',
    found,
  };
}

/** Long lists of recipients are shown from shortly before the first hit. */
function shortened(parts: Marked): Marked {
  const before = parts[0];
  if (before === undefined || before.hit || before.text.length <= 60) return parts;
  return [{ text: `…${before.text.slice(-50)}`, hit: false }, ...parts.slice(1)];
}
