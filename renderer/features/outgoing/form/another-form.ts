/** Address of a form that begins anew, whatever form is open: for something new, or what an id says. */
export function anotherForm(edit: string, about: string | null = null): Readonly<Record<string, string | null>> {
  return { edit, about, nth: String(Date.now()), form: null };
}
