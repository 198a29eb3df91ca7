import type { PdfFaultCode } from '../../../foundation/pdf/index.ts';

/**
 * Why no copy is made of a PDF; its file is as it was, and nothing lies where the copy was to be.
 * - `pdf-damaged`: read in more than one way, or not at all, so nobody can say what a copy would have to show
 * - `annotation-unseen`: something on the page has no picture of its own, and each program draws it in its own way
 * - `content-unread`: what the page shows is made by other means than the page's content (scripts, filters that are not read)
 * - `page-too-small`: not even the words that a copy must show find room
 * - `letters-missing`: the agency's name has letters that the font has not
 */
export type CopyRefusal =
  | { readonly code: 'pdf-damaged'; readonly fault: PdfFaultCode; readonly at: number }
  | { readonly code: 'pdf-encrypted' }
  | { readonly code: 'annotation-unseen' | 'content-unread' | 'page-too-small'; readonly page: number }
  | { readonly code: 'letters-missing'; readonly letters: string }
  | { readonly code: 'disk'; readonly detail: string };

/** Ends the copying from any depth; `copyPages` turns it into a value. */
export class NotCopied extends Error {
  readonly refusal: CopyRefusal;
  constructor(refusal: CopyRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
