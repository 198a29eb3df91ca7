import { openPdf } from '../../../ui/pdf/engine.ts';
import type { PageFacts } from './form-hints.ts';

/** More pages tell nothing new of a document's form. */
const mostPages = 12;
const pointMm = 25.4 / 72;

export type ReadPages = { readonly pages: readonly PageFacts[]; readonly pageCount: number };

/** Reads size, text and fonts of a stored PDF's first pages, until `signal` ends it. Throws what pdf.js throws. */
export async function readPages(fileId: string, signal: AbortSignal): Promise<ReadPages> {
  const opened = await openPdf(`/files/${fileId}`, signal);
  try {
    const pages: PageFacts[] = [];
    for (let number = 1; number <= Math.min(mostPages, opened.document.numPages); number += 1) {
      const page = await opened.document.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      const content = await page.getTextContent();
      // Names of fonts are known only once the page was gone through for drawing.
      await page.getOperatorList();
      const nameOf = (id: string): string => {
        const font = page.commonObjs.has(id) ? (page.commonObjs.get(id) as { readonly name?: unknown } | null) : null;
        return typeof font?.name === 'string' ? font.name : '';
      };
      pages.push({
        width: width * pointMm,
        height: height * pointMm,
        pieces: content.items.flatMap((item) => {
          if (!('str' in item) || item.str.trim() === '') return [];
          const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
          return [{ text: item.str, left: x * pointMm, right: (x + item.width) * pointMm, base: (height - y) * pointMm, size: Math.hypot(c, d), font: nameOf(item.fontName) }];
        }),
      });
      page.cleanup();
    }
    return { pages, pageCount: opened.document.numPages };
  } finally {
    opened.close();
  }
}
