/** What the documents check needs of Markdown: links, headings and the text without code. */
export type Link = { readonly target: string; readonly line: number };

type Line = { readonly text: string; readonly number: number };

/** Lines outside fenced code blocks. */
function prose(markdown: string): Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark?.startsWith(fence) === true && text.trim() === mark) fence = undefined;
    else if (fence === undefined) lines.push({ text, number: index + 1 });
  }
  return lines;
}

const inline = /\]\(\s*(?:<([^>]*)>|((?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const reference = /^\s{0,3}\[(?!\^)[^\]]+\]:\s+<?([^\s>]+)>?/g;
const html = /<(?:a|img)\b[^>]*\b(?:href|src)="([^"]*)"/g;

/** Every link and image of a document, inline, by reference or as HTML. */
export function linksOf(markdown: string): Link[] {
  return prose(markdown).flatMap(({ text, number }) => {
    const bare = text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => ' '.repeat(code.length));
    return [inline, reference, html].flatMap((pattern) =>
      [...bare.matchAll(pattern)].map((match) => ({ target: match[1] ?? match[2] ?? '', line: number })),
    );
  });
}

/** The anchors that GitHub and most readers give a document's headings, and explicit `id`s. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const { text } of prose(markdown)) {
    for (const match of text.matchAll(/<[a-z]+\b[^>]*\b(?:id|name)="([^"]+)"/g)) anchors.add(match[1] ?? '');
    const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
