/**
 * What a colour or a size in pixels looks like, in a script or in a style sheet. Shared by the lint rule and by the
 * check of style sheets, so that both say the same.
 */
const hexColour = /(?<![\w&/-])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/i;
const colourFunction = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(\s*[\d.+-]/i;
const fontSizeInPixels = /\bfont(?:-size)?\s*:[^;{}]*?(?<![\w.-])\d*\.?\d+px\b/i;

/** The first colour in a text, or undefined. */
export function colourIn(text: string): string | undefined {
  return (hexColour.exec(text) ?? colourFunction.exec(text))?.[0];
}

/** The first declaration of a font size in pixels in CSS text, or undefined. */
export function pixelFontIn(text: string): string | undefined {
  return fontSizeInPixels.exec(text)?.[0];
}
