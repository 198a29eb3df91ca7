/** A code in capitals without dots and spaces, so that `000.00.00.g12` and `00000000G12` are the same. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

const oldForm = /^\d{3}\.\d{2}\.\d{2}\.([A-Z]\d{2})$/;
const shortOldForm = /^\d{2}\.\d{2}\.([A-Z]\d{2})$/;

/**
 * Code of the first level: the first group of a code of QĐ 20/2020, the last one of the older form, also where that is
 * shortened (axis.md §3.1, §3.2). '' for a code of neither form, such as a tax number.
 */
export function levelOneOf(code: string): string {
  const older = oldForm.exec(code) ?? shortOldForm.exec(code);
  return older?.[1] ?? /^([A-Z]\d{2})(\.|$)/.exec(code)?.[1] ?? '';
}

/** The newer code of an old-form code of the first level, `000.00.00.G12` = `G12` (axis.md §3.10); null for others. */
export function newFormOf(code: string): string | null {
  return /^000\.00\.00\.([A-Z]\d{2})$/.exec(code)?.[1] ?? null;
}

/** Centres carry messages (`nn.nn.W00`), test systems are nobody (`vxp.saas.NN`); neither is an addressee (axis.md §1.1, §3.5). */
export function isCentre(code: string): boolean {
  return /(^|\.)W00$/.test(code.toUpperCase()) || /^vxp\.saas\./i.test(code);
}

/** Codes of the levels above a code of QĐ 20/2020, nearest first: `H37.02.02` is below `H37.02` and `H37`. */
export function codesAbove(code: string): string[] {
  const groups = code.split('.');
  if (!/^[A-Z]\d{2}$/.test(groups[0] ?? '')) return [];
  return groups.slice(1).map((_, at) => groups.slice(0, groups.length - 1 - at).join('.'));
}

/** Whether somebody typed (the beginning of) a code: no spaces, and a digit beside letters or dots, or digits alone. */
export function looksLikeCode(text: string): boolean {
  return /^[0-9a-z.]{2,60}$/i.test(text) && (/^[a-z]\d/i.test(text) || /^\d[\d.]*[\da-z.]*$/i.test(text));
}
