import type { EdxmlMessage } from './edxml/model.ts';

/** The longest a stranger's text may be where it is shown; a reason has 500 letters, a subject as many (NĐ 30/2020 annex VI). */
const shownLength = 2000;
/** The longest that a number, a notation or an agency's code may be; 11, 30 and 35 are lawful. */
const codeLength = 500;
/** Parts of one kind that are looked at or noted; a message may name as many as it likes. */
export const partsAtMost = 500;

/**
 * A stranger's text as it is shown and printed, in registers too. One of a million letters would stop the window and the
 * evidence; the whole stands in the message, which is kept, and a deviation says that it is too long.
 */
export function explanation(text: string): string {
  const letters = text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
  return letters.toWellFormed();
}

/** Whether what a message is recognised by is beyond all use: it cannot be cut like other texts. */
export function isBeyondUse(message: EdxmlMessage): boolean {
  if (message.kind === 'status') {
    const { documentId, code } = message.responseFor;
    return documentId.length > shownLength || code.length > shownLength || message.from.organId.length > codeLength;
  }
  const { documentId, code, from } = message.header;
  return documentId.length > shownLength || [code.codeNumber, code.codeNotation, from.organId].some((part) => part.length > codeLength);
}

/** Letters that turn the direction of what follows, or cannot be seen: `a\u202efdp.exe` is shown as `aexe.pdf`. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const turning = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A file's name as it is kept and shown: what would make it look like another one is left out, a long one keeps its end. */
export function shownFileName(name: string): string {
  const plain = name.replaceAll(turning, '');
  return (plain.length <= shownLength ? plain : `${plain.slice(0, 200)}…${plain.slice(-50)}`).toWellFormed();
}
