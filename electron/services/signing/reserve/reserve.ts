import { closeSync, copyFileSync, constants, fstatSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../../foundation/durable-file.ts';
import { entropy } from '../../../foundation/entropy.ts';
import type { Result } from '../../../foundation/outcome.ts';
import {
  appendIncrement,
  catalogOf,
  edited,
  entryOf,
  fileBytes,
  formOf,
  nextNumber,
  pagesOf,
  viewOf,
  writeIncrement,
  type Found,
  type IncrementPlan,
  type PdfDictionary,
  type PdfEntries,
  type PdfFile,
  type PdfForm,
  type PdfValue,
  type PdfView,
} from '../../../foundation/pdf/index.ts';
import { mm } from '../appearance/drawing.ts';
import { entryPlaces, type EntryPlace } from '../appearance/entries.ts';
import { entryBox } from '../appearance/forms.ts';
import { letteringObjects, letteringOf, type LetteringFonts } from '../appearance/lettering.ts';
import type { PageText } from '../appearance/lines.ts';
import { onPage, pageShapes } from '../appearance/page-shape.ts';
import { signerPlace, type SignerPlace } from '../appearance/signer-place.ts';
import { earlierSignatures } from '../earlier.ts';
import { nothingShown, pageWithAnnotations, signedForm, widgetFlags, withReferences } from '../plan.ts';
import { targetIsFree, trusted, writeWhole, type SigningFiles } from '../prepare.ts';
import { onDisk, read, refusals, Refused, refusedIncrement, type SigningRefusal } from '../refusals.ts';
import type { Box } from '../wish.ts';
import { formLetters } from './form-fonts.ts';
import { entryFields, reservedNames } from './names.ts';

/** Where the fields go. `room` of the signer as `SignerPlace` tells it, or around a point that somebody clicked at. */
export type ReservedPlaces = { readonly entries: readonly EntryPlace[]; readonly signer: Pick<SignerPlace, 'page' | 'room'> };

export type Reserved = {
  readonly path: string;
  /** names of the fields that were added; none where all were there before */
  readonly added: readonly string[];
};

/** The largest State seal is smaller; the seal is drawn in its true size inside this room. In points. */
const sealRoom = 50 * mm;

/**
 * The places of the first page's gaps and of the signer, or the refusal of a document in which one is not found; what is printed
 * already needs no field. `pointed`: the room of the signer where somebody said where it is.
 */
export function reservedPlaces(text: PageText, fonts: LetteringFonts, signer?: string, pointed?: ReservedPlaces['signer']): Result<ReservedPlaces, SigningRefusal> {
  return refusals(() => {
    const { places, printed } = entryPlaces(text, fonts.regular);
    const has = (...kinds: readonly EntryPlace['kind'][]): boolean => places.some(({ kind }) => kinds.includes(kind));
    if (!has('number', 'code') && printed.number === undefined) throw new Refused({ code: 'place-unknown', what: 'number' });
    if ((!has('day') || !has('month')) && printed.day === undefined) throw new Refused({ code: 'place-unknown', what: 'date' });
    const person = pointed ?? signerPlace(text, fonts.regular, signer);
    if (person === undefined) throw new Refused({ code: 'place-unknown', what: 'signer' });
    return { entries: places, signer: person };
  });
}

/**
 * Writes a copy of a file with fields for number and date, for the leader's signature and for the agency's (design §6), before
 * anybody signs. They are measured here, so that issuing fills them in by value and appearance alone. The agency's field
 * locks all others when it is signed. Fields that are there already stay as they are; where all are, the copy is the file.
 */
export function reserveFields({ source, target, copy = `${target}.${entropy(6).toString('hex')}.part` }: SigningFiles, places: ReservedPlaces, fonts: LetteringFonts): Result<Reserved, SigningRefusal> {
  return refusals(() => {
    targetIsFree(target);
    const handle = onDisk('file-unreadable', () => openSync(source, 'r'));
    try {
      const { size, mode } = onDisk('file-unreadable', () => fstatSync(handle));
      const file = trusted(fileBytes(handle, size));
      const { added, objects } = reservedObjects(file, places, fonts);
      if (added.length === 0) onDisk('target-unwritable', () => { copyFileSync(source, copy, constants.COPYFILE_EXCL); });
      else writeCopy(copy, file, objects, mode);
      onDisk('target-unwritable', () => {
        renameSync(copy, target);
        syncFolder(dirname(target));
      });
      return { path: target, added };
    } finally {
      closeSync(handle);
      rmSync(copy, { force: true });
    }
  });
}

function writeCopy(copy: string, file: PdfFile, objects: IncrementPlan['objects'], mode: number): void {
  const increment = writeIncrement(file, { objects });
  if (!increment.ok) throw refusedIncrement(increment.failure);
  const handle = onDisk('target-unwritable', () => openSync(copy, 'wx', (mode & 0o666) | 0o600));
  try {
    appendIncrement(file.bytes, increment.value, 'sha256', (piece) => {
      onDisk('target-unwritable', () => { writeWhole(handle, piece); });
    });
    onDisk('target-unwritable', () => { fsyncSync(handle); });
  } finally {
    closeSync(handle);
  }
}

type Field = { readonly name: string; readonly page: number; readonly box: Box; readonly entries: PdfEntries };

function reservedObjects(file: PdfFile, places: ReservedPlaces, fonts: LetteringFonts): { readonly added: readonly string[]; readonly objects: IncrementPlan['objects'] } {
  const view = viewOf(file);
  const form = read(formOf(view));
  const known = new Map(form?.fields.map((one) => [one.name, one.type]));
  const fields = fieldsOf(file, places).filter(({ name, entries }) => {
    const type = known.get(name);
    const isOurs = type !== undefined && 'FT' in entries && JSON.stringify(entries['FT']) === JSON.stringify({ name: type });
    if (type !== undefined && !isOurs) throw new Refused({ code: 'field-name-taken', field: name });
    return !isOurs;
  });
  if (fields.length === 0) return { added: [], objects: [] };
  const { isSigned, isCertified } = earlierSignatures(file);
  if (isSigned || isCertified) throw new Refused({ code: 'after-signature' });
  const pages = read(pagesOf(view));
  const first = nextNumber(file);
  const objects: IncrementPlan['objects'][number][] = [];
  for (const [index, { page: at, box, entries }] of fields.entries()) {
    const number = first + index * 2;
    const page = pages[at - 1];
    if (page === undefined) throw new Refused({ code: 'page-unknown', page: at, pages: pages.length });
    const { left, bottom, width, height } = box;
    objects.push(
      {
        number,
        value: {
          dictionary: {
            Type: { name: 'Annot' },
            Subtype: { name: 'Widget' },
            F: widgetFlags,
            P: { reference: page.number, generation: page.page.holder.generation },
            Rect: [left, bottom, left + width, bottom + height],
            AP: { dictionary: { N: { reference: number + 1 } } },
            ...entries,
          },
        },
      },
      ...nothingShown(number + 1, { width, height }),
    );
  }
  for (const at of new Set(fields.map((one) => one.page))) {
    const page = pages[at - 1];
    if (page === undefined) continue;
    objects.push(pageWithAnnotations(view, pages, page, fields.flatMap((one, index) => (one.page === at ? [first + index * 2] : []))));
  }
  const numbers = fields.map((_, index) => first + index * 2);
  objects.push(...formObjects(view, form, numbers, first + fields.length * 2, fonts));
  return { added: fields.map(({ name }) => name), objects };
}

function fieldsOf(file: PdfFile, { entries, signer }: ReservedPlaces): readonly Field[] {
  const shapes = pageShapes(file);
  const shapeOf = (page: number): (typeof shapes)[number] => {
    const shape = shapes[page - 1];
    if (shape === undefined) throw new Refused({ code: 'page-unknown', page, pages: shapes.length });
    return shape;
  };
  const turned = (page: number): PdfEntries => (shapeOf(page).turn === 0 ? {} : { MK: { dictionary: { R: shapeOf(page).turn } } });
  const texts = entries.map((place): Field => {
    const { name, title, face, side } = entryFields[place.kind];
    const looks = `/${face === 'regular' ? 'Tinos' : 'TinosItalic'} ${String(Math.round(place.size * 10) / 10)} Tf 0 g`;
    const more = { FT: { name: 'Tx' }, T: { text: name }, TU: { text: title }, DA: { text: looks }, Q: { left: 0, middle: 1, right: 2 }[side], ...turned(place.page) };
    return { name, page: place.page, box: onPage(shapeOf(place.page), entryBox(place)), entries: more };
  });
  const { page, room } = signer;
  const shape = shapeOf(page);
  // The seal's right edge will stand one third into a picture that stands in the middle of the leader's field.
  const seal = cutTo(shape, { left: room.left + room.width / 2 - sealRoom - 10 * mm, bottom: room.bottom + (room.height - sealRoom) / 2, width: sealRoom + 10 * mm, height: sealRoom });
  const lock: PdfValue = { dictionary: { Type: { name: 'SigFieldLock' }, Action: { name: 'All' } } };
  const signature = (name: string, title: string, box: Box, more: PdfEntries): Field => ({
    name,
    page,
    box: onPage(shape, box),
    entries: { FT: { name: 'Sig' }, T: { text: name }, TU: { text: title }, ...turned(page), ...more },
  });
  return [...texts, signature(reservedNames.person, 'Chữ ký của người có thẩm quyền', room, {}), signature(reservedNames.agency, 'Chữ ký số của cơ quan, tổ chức', seal, { Lock: lock })];
}

function cutTo({ width, height }: { readonly width: number; readonly height: number }, box: Box): Box {
  const left = Math.max(0, box.left);
  const bottom = Math.max(0, box.bottom);
  return { left, bottom, width: Math.min(width, box.left + box.width) - left, height: Math.min(height, box.bottom + box.height) - bottom };
}

/** The form with its new fields and the fonts that they name, and the catalog where it had none. */
function formObjects(view: PdfView, form: PdfForm | undefined, fields: readonly number[], first: number, fonts: LetteringFonts): IncrementPlan['objects'] {
  const regular = letteringOf(fonts.regular, [formLetters.regular]).objects(first);
  const italic = letteringOf(fonts.italic, [formLetters.italic]).objects(first + letteringObjects);
  const names: PdfEntries = { Tinos: { reference: first }, TinosItalic: { reference: first + letteringObjects } };
  const catalog = read(catalogOf(view));
  const objects = [...regular, ...italic];
  if (form === undefined) {
    const number = first + 2 * letteringObjects;
    const entries: PdfEntries = { Fields: fields.map((reference) => ({ reference })), DR: { dictionary: { Font: { dictionary: names } } }, SigFlags: signedForm };
    return [...objects, { number, value: { dictionary: entries } }, { number: catalog.holder.number, value: edited(catalog, { AcroForm: { reference: number } }) }];
  }
  const inForm = withReferences(view, form.form, 'Fields', fields);
  const resources = dictionaryIn(view, form.form, 'DR');
  const known = resources && dictionaryIn(view, resources, 'Font');
  const font: PdfValue = known === undefined ? { dictionary: names } : edited(known, names);
  const changes: PdfEntries = {
    ...(inForm.object === undefined ? { Fields: inForm.list } : {}),
    DR: resources === undefined ? { dictionary: { Font: font } } : edited(resources, { Font: font }),
    SigFlags: form.sigFlags | signedForm,
    // Readers that make appearances anew would change what is signed.
    NeedAppearances: undefined,
  };
  const value = edited(form.form, changes);
  const isOwn = form.form.holder.number !== catalog.holder.number;
  objects.push(isOwn ? { number: form.form.holder.number, value } : { number: catalog.holder.number, value: edited(catalog, { AcroForm: value }) });
  return inForm.object === undefined ? objects : [...objects, inForm.object];
}

function dictionaryIn(view: PdfView, parent: Found<PdfDictionary>, key: string): Found<PdfDictionary> | undefined {
  const one = read(entryOf(view, parent, key));
  return one?.value.kind === 'dictionary' ? { value: one.value, holder: one.holder } : undefined;
}
