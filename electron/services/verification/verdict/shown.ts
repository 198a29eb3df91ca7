const local = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})\+07:00$/;

/** `23/07/2026 08:38:50` for a time as verdicts write them; anything else stays. */
export function shownLocal(text: string): string {
  return text.replace(local, '$3/$2/$1 $4');
}

/** The facts of a finding, times in them written for people. */
export function shownParams(params: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? shownLocal(value) : value]));
}

/** CN of a name as RFC 4514 writes it; the whole where there is none. */
export function commonName(subject: string): string {
  return /(?:^|, )CN=((?:\\.|[^,\\])*)/.exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? subject;
}
