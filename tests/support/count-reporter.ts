import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Ends the run with one line that a script can read: `N passed, N failed` and, if any, `, N skipped`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      let failedHere = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'failed') failedHere += 1
        else if (state === 'passed') count.passed += 1
        else count.skipped += 1
      }
      // A file that could not be collected, or whose set-up failed, counts as one.
      count.failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    setImmediate(() => process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`))
  }
}
