import { readFileSync } from 'node:fs';
import type { PackageForm, SchemaFile } from '../services/packages/index.ts';

const folders: Readonly<Partial<Record<PackageForm, 'submitted' | 'archived'>>> = { SIP_hoso: 'submitted', SIP_tailieu: 'submitted', AIP_hoso: 'archived', AIP_tailieu: 'archived', DIP: 'archived' };

/** The product's own schemas for a form, as they go into its folder `schemas`; none for a form that carries none. */
export function packageSchemas(form: PackageForm): readonly SchemaFile[] {
  const folder = folders[form];
  if (folder === undefined) return [];
  const read = (path: string): SchemaFile => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    // As far from the built program as from this file.
    text: readFileSync(new URL(`../../resources/packages/xsd/${path}`, import.meta.url), 'utf8'),
  });
  return [read('METS.xsd'), read(`${form}/EAD.xsd`), ...['doc', 'media', 'pic'].map((kind) => read(`${folder}/EAD_${kind}.xsd`))];
}
