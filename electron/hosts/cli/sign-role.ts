import { readFileSync } from 'node:fs';
import { readPicture, showingFor, wishFor, type FieldWish, type PageText, type Picture, type PictureUse, type RoleOrder, type SigningWish, type WantedPlace } from '../../services/signing/index.ts';
import { documentFonts } from '../document-fonts.ts';
import { pdfTextReader } from '../processes/pdf-text-process.ts';
import { required, UsageError, type CommandContext, type CommandResult } from './command.ts';
import { oneOf, textIn } from './sign-token.ts';

/** Options that say as what a file is signed, see `roleWish`. */
export const roleOptions = { role: true, image: true, 'seal-mm': true, signer: true, number: true, form: true, agency: true } as const;

type RoleWish = { readonly wish: Partial<Pick<SigningWish, 'field' | 'appearance' | 'lock'>> };

/**
 * What a role decides of a wish: where the signature is seen and what it shows. Nothing without a role. A field, a page or
 * a box that somebody named goes before the place that would be found in the text.
 */
export async function roleWish(context: CommandContext, source: string, field: FieldWish, at: Date): Promise<RoleWish | CommandResult> {
  const asked = textIn(context, 'role');
  if (asked === undefined) {
    if (Object.keys(roleOptions).some((name) => context.options[name] !== undefined)) throw new UsageError('--role');
    return { wish: {} };
  }
  const role = oneOf('role', asked, ['leader', 'agency', 'copy', 'attachment'] as const);
  const show = showIn(context, role, at);
  if ('ok' in show) return show;
  const place = wantedIn(context, field);
  const text = role === 'copy' || role === 'attachment' || place !== undefined ? undefined : await textOf(source);
  const signer = textIn(context, 'signer');
  const fonts = documentFonts();
  const showing = showingFor(source, { show, ...(place && { place }), ...(text && { text }), ...(signer === undefined ? {} : { signer }) }, fonts);
  if (!showing.ok) {
    const { code, ...params } = showing.failure;
    return { ok: false, code: `sign-${code}`, params };
  }
  return { wish: wishFor(showing.value, fonts) };
}

function showIn(context: CommandContext, role: 'leader' | 'agency' | 'copy' | 'attachment', at: Date): RoleOrder['show'] | CommandResult {
  if (role === 'attachment') return { role: 'line', line: { kind: 'attachment', code: required(context, 'number') }, at };
  if (role === 'copy') {
    const form = oneOf('form', required(context, 'form'), ['sao-y', 'sao-luc', 'trich-sao'] as const);
    return { role: 'line', line: { kind: 'copy', form, agency: required(context, 'agency') }, at };
  }
  const picture = pictureIn(context, role === 'agency' ? 'seal' : 'signature');
  return 'ok' in picture ? picture : { role, picture };
}

/** The picture that `--image` names, checked; a seal's width in millimetres by `--seal-mm`, else as the file states it. */
export function pictureIn(context: CommandContext, use: PictureUse): Picture | CommandResult {
  const path = required(context, 'image');
  const millimetres = textIn(context, 'seal-mm');
  if (millimetres !== undefined && !/^\d{1,3}(\.\d{1,2})?$/.test(millimetres)) throw new UsageError('--seal-mm');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return { ok: false, code: 'sign-image-unreadable', params: { path } };
  }
  const picture = readPicture(bytes, use, millimetres === undefined ? undefined : Number(millimetres));
  if (picture.ok) return picture.value;
  const { code, ...params } = picture.failure;
  return { ok: false, code: `sign-${code}`, params };
}

/** Where somebody wants the signature to be seen; undefined when that is left to the text. */
export function wantedIn(context: CommandContext, field: FieldWish): WantedPlace | undefined {
  if (field.kind === 'existing') return { kind: 'field', name: field.name };
  if (textIn(context, 'page') === undefined) return undefined;
  if (field.box === undefined) throw new UsageError('--page --rect');
  return { kind: 'box', page: field.page, box: field.box };
}

/** The text of a file with its places; undefined when there is none or it cannot be read, which signing itself will say. */
export async function textOf(path: string): Promise<PageText | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const reader = pdfTextReader(() => undefined);
  try {
    const text = await reader.places(bytes);
    return text.state === 'read' ? text : undefined;
  } finally {
    reader.stop();
  }
}
