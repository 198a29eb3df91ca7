/** Today in Vietnam, `yyyy-MM-dd`. */
export function today(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}
