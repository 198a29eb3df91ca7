import fontkit, { type Subset } from '@pdf-lib/fontkit';

/** What is reached behind the types of @pdf-lib/fontkit 1.1.1. */
type TrueTypeSubset = Subset & {
  readonly loca: { version?: 0 | 1 };
  _addGlyph: (glyphId: number) => number;
};

/**
 * @pdf-lib/fontkit 1.1.1 as @cantoo/pdf-lib 2.11 can use it. Two things are mended, and both may go when the project
 * changes to @cantoo/fontkit:
 * - pdf-lib takes any `encode` of a subset for the one of @cantoo/fontkit, which wants no argument; here it wants a
 *   stream. Hiding it leaves `encodeStream`, which both know.
 * - small subsets get a short `loca` table, which can only say even offsets, but glyphs of odd length are not padded:
 *   most letters of Tinos would be drawn as nothing. Text extraction does not show that; only the eye does. So the
 *   long form is asked for.
 */
export const fontEngine = {
  create(bytes: Uint8Array, postscriptName?: string): ReturnType<typeof fontkit.create> {
    const font = fontkit.create(bytes, postscriptName);
    const createSubset = font.createSubset.bind(font);
    font.createSubset = (): Subset => {
      const subset = createSubset() as TrueTypeSubset;
      const addGlyph = subset._addGlyph.bind(subset);
      subset._addGlyph = (glyphId) => {
        // The table is new with each encoding; whoever sets the version first decides it.
        subset.loca.version = 1;
        return addGlyph(glyphId);
      };
      return {
        includeGlyph: (glyph) => subset.includeGlyph(glyph),
        encodeStream: () => subset.encodeStream(),
      };
    };
    return font;
  },
};
