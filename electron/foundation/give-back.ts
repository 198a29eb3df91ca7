/**
 * Frees the memory of a buffer that nobody will look at again; it is empty afterwards. The engine counts such memory
 * only roughly and lets tens of MiB gather before it looks for what can go. Only for a buffer that was made as one
 * piece and is shared with nobody; a part of a larger one is left alone.
 */
export function giveBack(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (bytes.byteLength === 0 || bytes.byteLength !== buffer.byteLength || !(buffer instanceof ArrayBuffer)) return;
  buffer.transfer(0);
}
