/** One step of an `EdxmlUnknown` path. `uri` '' is the format's own namespace; `nth` counts from 1. */
export type Step = { readonly attribute: boolean; readonly uri: string; readonly name: string; readonly nth: number };

// XML 1.0 §2.3 NameStartChar and NameChar, without the colon.
const start =
  'A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}-\\u{200d}' +
  '\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}';
const name = `[${start}](?:[${start}]|[\\-.0-9\\u{b7}]|[\\u{300}-\\u{36f}]|[\\u{203f}-\\u{2040}])*`;
const oneStep = new RegExp(`(@?)(?:\\{([^{}]+)\\})?(${name})(?:\\[([1-9]\\d{0,5})\\])?(?:/|$)`, 'uy');

/** A step as it is written in a path. */
export function stepOf(step: string, uri: string, nth: number): string {
  const space = uri === '' ? '' : `{${uri.replaceAll('{', '%7B').replaceAll('}', '%7D')}}`;
  return `${space}${step}${nth > 1 ? `[${String(nth)}]` : ''}`;
}

/** The steps of a path; null for what is none. An attribute may only stand at the end. */
export function stepsOf(path: string): readonly Step[] | null {
  const steps: Step[] = [];
  oneStep.lastIndex = 0;
  while (oneStep.lastIndex < path.length) {
    const match = oneStep.exec(path);
    if (match === null || steps.at(-1)?.attribute === true) return null;
    steps.push({ attribute: match[1] === '@', uri: match[2] ?? '', name: match[3] ?? '', nth: Number(match[4] ?? '1') });
  }
  return path === '' || path.endsWith('/') ? null : steps;
}
