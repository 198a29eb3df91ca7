import { SaxesParser } from 'saxes';
import { TableRefused } from './refused.ts';

type Attributes = Readonly<Record<string, string>>;
type XmlHandlers = {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** A parser of a workbook's parts: names come without their prefix, and a DOCTYPE is refused, as it could name other files. */
export function xmlParser({ open, text, close }: XmlHandlers): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new TableRefused('table-damaged');
  });
  parser.on('error', () => {
    throw new TableRefused('table-damaged');
  });
  if (open !== undefined) {
    parser.on('opentag', ({ name, attributes }) => {
      open(local(name), attributes);
    });
  }
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  if (close !== undefined) {
    parser.on('closetag', ({ name }) => {
      close(local(name));
    });
  }
  return parser;
}
