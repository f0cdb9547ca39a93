/** Writes an Outcome (report.mjs), which vitest's own json cannot: it leaves out why a test was skipped. */
import { writeFileSync } from 'node:fs';

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export.
export default class {
  onTestRunEnd(testModules, unhandledErrors) {
    const outcome = { passed: 0, failed: [], skipped: [] };
    for (const testModule of testModules) {
      for (const error of testModule.errors()) outcome.failed.push(`${testModule.relativeModuleId}: ${error.message}`);
      for (const suite of testModule.children.allSuites()) {
        for (const error of suite.errors()) outcome.failed.push(`${suite.fullName}: ${error.message}`);
      }
      for (const test of testModule.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') outcome.passed += 1;
        else if (state === 'skipped') outcome.skipped.push({ name: test.fullName, reason: note ?? reasonIn(test) });
        else outcome.failed.push(`${testModule.relativeModuleId}: ${test.fullName}`);
      }
    }
    for (const error of unhandledErrors) outcome.failed.push(`outside of a test: ${error.message}`);
    writeFileSync(process.env.FIELDGUIDE_RESULTS, JSON.stringify(outcome));
  }
}

/** `describe.skipIf` takes no reason, so the title says it: "sends one line (needs pwsh)". */
function reasonIn(test) {
  return /\((needs [^)]+)\)/.exec(test.fullName)?.[1] ?? (test.options.mode === 'todo' ? 'to do' : 'no reason given');
}
