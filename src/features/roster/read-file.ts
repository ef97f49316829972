import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { FileFault } from './parse'
import { FileRefusal, MAX_FILE_BYTES, readTables } from './parse'
import type { RosterSheet } from './rules'

export interface ParseQuestion {
  bytes: ArrayBuffer
  fileName: string
}
export type ParseAnswer = { sheets: RosterSheet[] } | { fault: FileFault }

export interface ReadFile {
  name: string
  /** sha-256, hex: the same file is recognised when it comes again. */
  hash: string
  sheets: RosterSheet[]
}

/** A chosen file → its tables. Reads in a worker where there is one. Throws FileRefusal. */
export async function readRosterFile(file: File): Promise<ReadFile> {
  if (file.size > MAX_FILE_BYTES) throw new FileRefusal('too_big')
  const bytes = await file.arrayBuffer()
  // Not crypto.subtle: it is missing on plain http (an office computer on the LAN address).
  const hash = bytesToHex(sha256(new Uint8Array(bytes)))
  const sheets =
    typeof Worker === 'undefined' ? await readTables(bytes, file.name) : await readInWorker(bytes, file.name)
  return { name: file.name.slice(-200), hash, sheets }
}

function readInWorker(bytes: ArrayBuffer, fileName: string): Promise<RosterSheet[]> {
  const worker = new Worker(new URL('./parse.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<RosterSheet[]>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<ParseAnswer>) => {
      if ('sheets' in event.data) resolve(event.data.sheets)
      else reject(new FileRefusal(event.data.fault))
    })
    worker.addEventListener('error', () => reject(new FileRefusal('unreadable')))
    worker.postMessage({ bytes, fileName } satisfies ParseQuestion, [bytes])
  }).finally(() => worker.terminate())
}
