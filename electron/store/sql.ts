export type SqlValue = string | number | bigint | null | Uint8Array;

/** A statement with its bound values. Made only by `sql`, so text and values cannot be mixed. */
export class Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
  constructor(text: string, values: readonly SqlValue[]) {
    this.text = text;
    this.values = values;
  }
}

/** A text is made once for each place in the code: its statement is then found without comparing letters. */
const texts = new WeakMap<TemplateStringsArray, string>();

/** Tagged template that can only bind: `sql\`… WHERE id = ${id}\``. A nested `sql` is spliced in with its values. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  if (!parts.some((part) => part instanceof Sql)) {
    let text = texts.get(strings);
    if (text === undefined) {
      text = strings.join('?');
      texts.set(strings, text);
    }
    return new Sql(text, parts as readonly SqlValue[]);
  }
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    if (part instanceof Sql) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[index + 1] ?? '';
  });
  return new Sql(text, values);
}
