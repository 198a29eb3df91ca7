import type { Found, PdfDictionary, PdfView } from '../../../foundation/pdf/index.ts';
import type { ChangeCode } from './policy.ts';
import { note, type Step } from './step.ts';
import { dictionaryUnder, isSame, itemsOf, keysChanged, under } from './values.ts';

/** Entries of the catalog (ISO 32000-1 7.7.2) whose change has a name of its own; /AcroForm is compared as a form. */
const byKey: Readonly<Record<string, ChangeCode>> = {
  Perms: 'permissions-changed',
  Metadata: 'metadata-only',
  OpenAction: 'action-added',
  AA: 'action-added',
  URI: 'action-added',
  Names: 'names-changed',
  Dests: 'names-changed',
  AF: 'files-attached',
  Collection: 'files-attached',
  Outlines: 'outline-changed',
  PageLabels: 'page-labels-changed',
  StructTreeRoot: 'structure-changed',
  MarkInfo: 'structure-changed',
  Lang: 'structure-changed',
  OCProperties: 'layers-changed',
  PageMode: 'view-changed',
  PageLayout: 'view-changed',
  ViewerPreferences: 'view-changed',
};

export function compareCatalog(step: Step): void {
  const { catalogBefore, catalogAfter } = step;
  const object = catalogAfter.holder.number;
  for (const key of keysChanged(catalogBefore, catalogAfter)) {
    if (key === 'AcroForm') continue;
    if (key === 'Pages') note(step, 'catalog-replaced', { object });
    else if (key === 'DSS') compareSecurityStore(step);
    else if (key === 'Version') note(step, isVersion(catalogAfter) ? 'version-stated' : 'undefined-change', { object });
    else if (key === 'Extensions') note(step, isExtensions(step.after, catalogAfter) ? 'version-stated' : 'undefined-change', { object });
    else if (key === 'Metadata') note(step, isNewMetadata(step) ? 'metadata-only' : 'undefined-change', { object });
    else note(step, byKey[key] ?? 'undefined-change', { object });
  }
}

function isVersion({ value }: Found<PdfDictionary>): boolean {
  const version = value.entries.get('Version');
  return version === undefined || (version.kind === 'name' && /^[12]\.\d$/.test(version.name));
}

/** Developers' extensions (7.12): names and numbers only. */
function isExtensions(view: PdfView, catalog: Found<PdfDictionary>): boolean {
  const extensions = dictionaryUnder(view, catalog, 'Extensions');
  const plain = ['name', 'number', 'string'];
  const one = (value: Found | undefined): boolean => value?.value.kind === 'dictionary' && [...value.value.entries.values()].every(({ kind }) => plain.includes(kind));
  return extensions === undefined || [...extensions.value.entries.keys()].every((key) => key === 'Type' || listOf(view, extensions, key).every(one));
}

function listOf(view: PdfView, parent: Found<PdfDictionary>, key: string): readonly (Found | undefined)[] {
  const value = under(view, parent, key);
  return value?.value.kind === 'array' ? value.value.items.map((item) => ({ value: item, holder: value.holder })) : [value];
}

/** Another XMP stream may take the place of the first when it is new. */
function isNewMetadata({ after, catalogAfter, added }: Step): boolean {
  const value = catalogAfter.value.entries.get('Metadata');
  return value === undefined || (value.kind === 'reference' && added.has(value.number) && under(after, catalogAfter, 'Metadata')?.value.kind === 'stream');
}

/** The security store (ISO 32000-2 12.8.4.3): what it named before it still names, or it was reduced. */
export function compareSecurityStore(step: Step): void {
  if (step.findings.some(({ code }) => code === 'security-store-extended' || code === 'security-store-reduced' || code === 'undefined-change')) return;
  const before = dictionaryUnder(step.before, step.catalogBefore, 'DSS');
  const after = dictionaryUnder(step.after, step.catalogAfter, 'DSS');
  const object = after?.holder.number ?? step.catalogAfter.holder.number;
  if (after === undefined) note(step, 'security-store-reduced', { object });
  else if (!isStore(step.after, after, 0)) note(step, 'undefined-change', { object });
  else note(step, before === undefined || holds(step, after, before) ? 'security-store-extended' : 'security-store-reduced', { object });
}

const storeKeys = ['Type', 'VRI', 'Certs', 'OCSPs', 'CRLs'];
const entryKeys = ['Type', 'Cert', 'OCSP', 'CRL', 'TU', 'TS'];

function isStore(view: PdfView, store: Found<PdfDictionary>, depth: number): boolean {
  return [...store.value.entries.keys()].every((key) => {
    if (depth === 0 && !storeKeys.includes(key)) return false;
    if (key === 'Type' || key === 'TU' || key === 'TS') return true;
    if (key !== 'VRI') return (depth === 0 || entryKeys.includes(key)) && under(view, store, key)?.value.kind === 'array';
    const entries = dictionaryUnder(view, store, key);
    return entries !== undefined && [...entries.value.entries.keys()].every((one) => {
      const entry = one === 'Type' ? undefined : dictionaryUnder(view, entries, one);
      return one === 'Type' || (entry !== undefined && isStore(view, entry, 1));
    });
  });
}

/** Whether lists and entries of the store before are all in the one after. */
function holds(step: Step, after: Found<PdfDictionary>, before: Found<PdfDictionary>): boolean {
  return [...before.value.entries.keys()].every((key) => {
    const one = under(step.before, before, key);
    const other = under(step.after, after, key);
    if (one?.value.kind === 'array') {
      const items = itemsOf(other);
      return one.value.items.every((value) => other !== undefined && items.some((item) => isSame({ value, holder: one.holder }, { value: item, holder: other.holder })));
    }
    if (one?.value.kind !== 'dictionary') return true;
    return other?.value.kind === 'dictionary' && holds(step, { value: other.value, holder: other.holder }, { value: one.value, holder: one.holder });
  });
}
