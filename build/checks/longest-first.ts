import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more each: begun last they would keep one worker busy while the other has nothing to do. */
const minutes = [
  '/tests/integration/cli/day.test',
  '/tests/walls/',
  '/tests/e2e/day/',
  '/tests/integration/verification/corpus',
  '/tests/integration/signing/batch-killed',
  '/tests/e2e/signing.test',
  '/tests/integration/cli/cli.test',
  '/tests/e2e/tokens.test',
  '/tests/e2e/desk.test',
  '/tests/integration/station/kill.test',
  '/tests/integration/hosts/desktop-life',
];

/** The runner's own order, with the longest files first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = minutes.findIndex((part) => moduleId.includes(part));
      return place === -1 ? minutes.length : place;
    };
    return usual.toSorted((one, other) => rank(one) - rank(other));
  }
}
