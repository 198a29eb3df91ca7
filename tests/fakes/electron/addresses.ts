const ending = '.app.invalid';

/** The address that Chromium is shown for one of ours. */
export function outward(url: string): string {
  const match = /^app:\/\/([^/?#]+)(.*)$/.exec(url);
  return match === null ? url : `https://${match[1]}${ending}${match[2] === '' ? '/' : match[2]}`;
}

/** The address that the product is shown for one of Chromium's. */
export function inward(url: string): string {
  const match = /^(blob:)?https:\/\/([^/?#]+)\.app\.invalid(.*)$/.exec(url);
  return match === null ? url : `${match[1] ?? ''}app://${match[2]}${match[3]}`;
}
