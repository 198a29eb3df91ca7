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

/** Tagged template that can only bind: `sql\`… WHERE id = ${id}\``. A nested `sql` is spliced in with its values. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
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
