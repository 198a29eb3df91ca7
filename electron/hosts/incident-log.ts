import { randomBytes } from 'node:crypto';

/** Writes an unexpected error to the log under a number that a person can read out; inputs are never written. */
export function incidentLog(log: (line: string) => void): (error: unknown, method: string) => string {
  return (error, method) => {
    const number = randomBytes(4).toString('hex').toUpperCase();
    log(`incident ${number} in ${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return number;
  };
}
