import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

// `npm run check`: every gate that needs no running app, two at a time; prints what failed and ends with the count.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const STEPS: [name: string, command: string][] = [
  ['types', 'vue-tsc --noEmit'],
  ['database types', 'tsx tests/check/types.ts --check'],
  ['lint', 'oxlint --deny-warnings'],
  ['templates', 'eslint --max-warnings 0 src'],
  ['format', 'oxfmt --check .'],
  ['unused code', 'knip'],
  ['import directions', 'depcruise --output-type err src supabase tests'],
  ['migrations', 'squawk --config .squawk.toml supabase/migrations/*.sql'],
  ['locales', 'vitest run --project repo tests/unit/locales.test.ts'],
  ['first load', 'tsx tests/check/size.ts'],
]

const only = process.argv.slice(2)
const queue = STEPS.filter(([name]) => only.length === 0 || only.some((wanted) => name.includes(wanted)))
const failed: string[] = []
let passed = 0

await Promise.all([worker(), worker()])
console.log(
  `\n${passed} checks passed, ${failed.length} checks failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
)
process.exitCode = failed.length > 0 ? 1 : 0

async function worker(): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const [name, command] = step
    const startedAt = performance.now()
    const { code, output } = await run(command)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(`${code === 0 ? '✓' : '✗'} ${name}  ${seconds} s`)
    if (code === 0) passed += 1
    else {
      failed.push(name)
      console.log(`${indent(output)}\n`)
    }
  }
}

function run(command: string): Promise<{ code: number | null; output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(`node_modules/.bin/${command}`, {
      cwd: ROOT,
      shell: true,
      env: { ...process.env, NO_COLOR: '1' },
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', fail)
    child.once('close', (code) => done({ code, output: stripVTControlCharacters(output) }))
  })
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
