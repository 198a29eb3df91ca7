import { vietnamTime } from '../../../foundation/clock.ts';

/** An instant as people here read it, to the second: `2026-07-23T08:38:50+07:00`. */
export function localTime(instant: Date): string {
  return `${vietnamTime(instant).slice(0, 19)}+07:00`;
}

const form = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?$/;

/** A date of a PDF (ISO 32000-1 7.9.4); without a zone it is taken as Vietnam's. Undefined for what is none. */
export function pdfTime(text: string | undefined): Date | undefined {
  const found = form.exec(text?.trim() ?? '');
  if (found === null) return undefined;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', utc, sign = '+', zoneHours = '07', zoneMinutes = '00'] = found;
  const zone = utc === undefined ? `${sign}${zoneHours}:${zoneMinutes}` : 'Z';
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
