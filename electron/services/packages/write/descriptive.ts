import { elementText } from '../../../foundation/xml-text.ts';
import type { Field } from '../profile/fields.ts';
import { writtenValue, type Values } from './values.ts';

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A field file (PL I.II.2, PL III.II.2): `simpledc` without a namespace, all elements of the table in its order. */
export function fieldFile(fields: readonly Field[], values: Values): string {
  const lines = fields.map((field) => {
    const value = values[field.name] ?? '';
    return value === '' ? `  <${field.name}/>\n` : `  <${field.name}>${elementText(writtenValue(field, value))}</${field.name}>\n`;
  });
  return `${xmlHead}<simpledc>\n${lines.join('')}</simpledc>\n`;
}
