import { expect, test } from 'vitest';
import { fuzzEdxml } from '../../soak/fuzz-edxml.ts';
import { fuzzInput } from '../../soak/fuzz-mutations.ts';

// The same machine as `npm run soak -- fuzz`, with a small part of its inputs.
test('3000 spoilt messages: each has a declared answer, and nothing is left or written elsewhere', async () => {
  const lines: string[] = [];
  const report = await fuzzEdxml({ seed: 20_261_122, inputs: 3000, lanes: 2, say: (line) => lines.push(line) });
  expect(report.crashes, lines.join('\n')).toEqual([]);
  expect(report.inputs).toBe(3000);
  // Inputs that were all refused for the same reason would prove little.
  for (const code of ['ok', 'not-xml', 'truncated', 'not-utf8', 'doctype', 'wrong-root', 'missing-element', 'invalid-value', 'invalid-base64', 'too-large']) {
    expect(report.outcomes[code], code).toBeGreaterThan(0);
  }
});

test('the same seed gives the same inputs, another one others', () => {
  const bytes = (seed: number): string => Array.from({ length: 50 }, (_, n) => fuzzInput(seed, n).bytes.toString('latin1')).join();
  expect(bytes(1)).toBe(bytes(1));
  expect(bytes(1)).not.toBe(bytes(2));
});

test.each([
  ['hang', 'silent for two seconds, twice'],
  ['exit', 'the process ended: 3'],
  ['reject', 'nobody waits for this'],
  ['write', 'Access to this API has been restricted'],
  ['stray', 'an unfinished file was left'],
] as const)('an input that makes the reader %s is caught, and the others go on', async (how, what) => {
  const report = await fuzzEdxml({ seed: 1, inputs: 20, lanes: 2, say: () => undefined, sabotage: { input: 7, how } });
  expect(report.crashes[0]?.input).toBe(7);
  expect(report.crashes[0]?.what).toContain(what);
  // A file that is left over is seen at every input after it in the same process.
  expect(report.crashes.length).toBeLessThanOrEqual(how === 'stray' ? 10 : 1);
  expect(report.inputs).toBe(how === 'hang' || how === 'exit' || how === 'reject' ? 19 : 20);
});
