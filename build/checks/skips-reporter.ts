import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** A skipped test must say in its name what it needs, e.g. "signs with the card (needs SoftHSM)". */
const reason = /\(needs [^)]+\)/;

/**
 * Says at the end which tests did not run, and fails the run when one of them does not say why. Names those that passed only
 * when they were tried again.
 */
export class SkipsReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const unsteady = modules.flatMap((module) => [...module.children.allTests('passed')]).filter((test) => test.diagnostic()?.flaky === true);
    for (const test of unsteady) console.log(`\nPASSED ONLY THE SECOND TIME ${placeOf(test)}\n${test.result().errors?.[0]?.message ?? ''}`);
    if (this.#isNarrowed()) return;
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    const lines = skipped.map((test) => `${hasReason(test) ? 'skipped ' : 'SKIPPED WITHOUT A REASON '}${placeOf(test)}`);
    console.log(`\n${lines.join('\n')}\n${skipped.length} skipped`);
    if (skipped.every(hasReason)) return;
    console.error('A skipped test says in its name what it needs: "… (needs SoftHSM)".');
    process.exitCode = 1;
  }

  /** Somebody asked for one test, by name or by line: vitest counts all others as skipped. */
  #isNarrowed(): boolean {
    const byName = this.#vitest?.getGlobalTestNamePattern() !== undefined;
    return byName || process.argv.some((argument) => /\.test\.tsx?:\d+$/.test(argument));
  }
}

function hasReason(test: TestCase): boolean {
  return reason.test(test.fullName);
}

function placeOf(test: TestCase): string {
  return `${test.module.relativeModuleId}  ${test.fullName}`;
}
