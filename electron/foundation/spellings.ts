/**
 * The forms in which one identifier may stand in two messages: as given, without blanks around it, and with its letters
 * composed or taken apart (Unicode UAX #15: NFC, NFD), as systems write Vietnamese either way. The given one first.
 */
export function spellingsOf(text: string): string[] {
  const plain = text.trim();
  return [...new Set([text, plain, plain.normalize('NFC'), plain.normalize('NFD')])];
}
