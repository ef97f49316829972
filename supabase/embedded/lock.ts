import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, mkdir, readFile, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from './start-error.ts'

interface Holder {
  id: string
  pid: number
  /** When the kernel started that process, where it tells; a reused pid differs in it. */
  born: string | null
  host: string
  since: string
  address: string
}

export interface DataLock {
  release(): Promise<void>
}

/**
 * Takes the data directory for this process alone: two processes on one PGlite directory destroy it. The lock of a
 * process that is gone is taken over.
 */
export async function lockDataDir(dataDir: string, address: string): Promise<DataLock> {
  await makeWritable(dataDir)
  const file = join(dataDir, 'lock')
  const mine: Holder = {
    id: randomUUID(),
    pid: process.pid,
    born: bornOf(process.pid),
    host: hostname(),
    since: new Date().toISOString(),
    address,
  }
  const draft = `${file}.${mine.id}`
  await writeFile(draft, JSON.stringify(mine))
  try {
    if (!(await tryLink(draft, file)) && !(await takeOver(file, draft))) {
      throw new StartError(describe(dataDir, file, await read(file)))
    }
  } finally {
    await unlink(draft)
  }

  // Also when the process ends by a way that leaves no time for promises.
  const leave = () => {
    if (readSync(file)?.id === mine.id) rmSync(file, { force: true })
  }
  process.once('exit', leave)
  return {
    async release() {
      process.off('exit', leave)
      leave()
    },
  }
}

async function makeWritable(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.writable-${process.pid}`)
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOSPC' ? 'the disk is full' : `it cannot be written to (${code})`
    throw new StartError(
      `The data directory ${dataDir} does not serve, ${why}: make room there or choose another one with SANLIAN_DATA_DIR.`,
    )
  }
}

/** A hard link appears with its whole content or not at all, and never replaces another. */
async function tryLink(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** One taker at a time looks at the lock, and removes it only when its holder is gone. */
async function takeOver(file: string, draft: string): Promise<boolean> {
  const gate = `${file}.takeover`
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      await mkdir(gate)
    } catch {
      const age = await stat(gate).then(
        (s) => Date.now() - s.mtimeMs,
        () => 0,
      )
      if (age > 10_000) await rmdir(gate).catch(() => {})
      else await sleep(100)
      continue
    }
    try {
      const holder = await read(file)
      if (holder && isAlive(holder)) return false
      await rm(file, { force: true })
      return await tryLink(draft, file)
    } finally {
      await rmdir(gate).catch(() => {})
    }
  }
  return false
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true // cannot be asked from here
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const born = bornOf(holder.pid)
  return !holder.born || !born || holder.born === born
}

/** Boot and start tick of a process on Linux; null elsewhere. */
function bornOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the start time is field 22.
    const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19]
    return ticks ? `${boot}:${ticks}` : null
  } catch {
    return null
  }
}

async function read(file: string): Promise<Holder | undefined> {
  return parse(await readFile(file, 'utf8').catch(() => ''))
}

function readSync(file: string): Holder | undefined {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>
    return typeof holder.pid === 'number' ? (holder as Holder) : undefined
  } catch {
    return undefined
  }
}

function describe(dataDir: string, file: string, holder: Holder | undefined): string {
  if (!holder) return `The data directory ${dataDir} is being taken by another start; try again in a moment.`
  const where = holder.host === hostname() ? '' : ` on ${holder.host} (if that machine is gone, remove ${file})`
  return (
    `The data directory ${dataDir} is in use by process ${holder.pid}${where} since ${holder.since}, at ${holder.address}: ` +
    'open that address, stop that process, or choose another directory with SANLIAN_DATA_DIR.'
  )
}
