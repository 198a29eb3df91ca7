/**
 * Puts a text on the clipboard; false when it could not. By the old command, as the window has no permissions at all and
 * the newer way would need one. Only within a click or a key press.
 */
export function copyText(text: string): boolean {
  let taken = false;
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    taken = event.clipboardData !== null;
  };
  document.addEventListener('copy', put);
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- the only way that needs no permission
    return document.execCommand('copy') && taken;
  } finally {
    document.removeEventListener('copy', put);
  }
}
