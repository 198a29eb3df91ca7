/** For services under test that may not meet an incident: it is thrown. */
export function noIncident(error: unknown): never {
  throw error;
}
