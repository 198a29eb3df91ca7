import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { fitTabs } from './fit-tabs.ts';

export type RowFit = {
  /** sides of a tab that are not its words, in px */
  readonly sides: number;
  /** of the words of the button for the others, in px without its own sides */
  readonly icon: number;
};

/**
 * Which of these words stand in the row, by place. Measured anew when the row gets wider or narrower, and when the fonts have come.
 */
export function useRowFit(
  row: RefObject<HTMLElement | null>,
  words: readonly string[],
  more: string,
  chosen: number,
  first: readonly number[],
  { sides, icon }: RowFit,
): readonly number[] {
  const [room, setRoom] = useState<number | null>(null);
  const [font, setFont] = useState('');
  useLayoutEffect(() => {
    const element = row.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const style = getComputedStyle(element);
      setRoom(element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight));
      setFont(`${style.fontSize} ${style.fontFamily}`);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => {
      watch.disconnect();
    };
  }, [row]);
  const [, setFontsCome] = useState(0);
  useEffect(() => {
    let gone = false;
    void document.fonts.ready.then(() => {
      if (!gone) setFontsCome(1);
    });
    return () => {
      gone = true;
    };
  }, []);
  if (room === null || room <= 0) return words.map((_, at) => at);
  const widths = words.map((one, at) => widthOf(at === chosen ? `600 ${font}` : font, one) + sides);
  return fitTabs(widths, room, widthOf(font, more) + sides + icon, chosen, first);
}

let pen: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in a font, in CSS pixels, rounded up. */
function widthOf(font: string, text: string): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return 0;
  pen.font = font;
  return Math.ceil(pen.measureText(text).width);
}
