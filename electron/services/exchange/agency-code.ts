/**
 * Whether two codes name the same agency: equal, or `G12` beside its old form `000.00.00.G12`, which real messages still
 * use (axis.md §3.10). Case and surrounding blanks do not matter.
 */
export function sameAgency(a: string, b: string): boolean {
  const one = newForm(a);
  return one !== '' && one === newForm(b);
}

function newForm(code: string): string {
  return code.trim().toUpperCase().replace(/^000\.00\.00\.(?=[A-Z]\d\d$)/, '');
}
