import type { DBSchema, IDBPDatabase } from 'idb'
import type { OutboxEntry } from './outbox'
import { localStore } from './storage'

/** Where the outbox keeps its entries. */
export interface OutboxStorage {
  all(): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  remove(id: string): Promise<void>
}

/** For tests, and the last resort of a browser that keeps nothing. */
export function memoryStorage(initial: OutboxEntry[] = []): OutboxStorage {
  const entries = new Map(initial.map((e) => [e.id, structuredClone(e)]))
  return {
    all: async () => [...entries.values()].map((e) => structuredClone(e)),
    put: async (entry) => void entries.set(entry.id, structuredClone(entry)),
    remove: async (id) => void entries.delete(id),
  }
}

interface OutboxSchema extends DBSchema {
  entries: { key: string; value: OutboxEntry }
}

const FALLBACK_KEY = 'sanlian.outbox'

function localStorageFallback(): OutboxStorage {
  const read = () => localStore.get<OutboxEntry[]>(FALLBACK_KEY) ?? []
  return {
    all: async () => read(),
    put: async (entry) => {
      localStore.set(FALLBACK_KEY, [...read().filter((e) => e.id !== entry.id), entry])
    },
    remove: async (id) => {
      localStore.set(
        FALLBACK_KEY,
        read().filter((e) => e.id !== id),
      )
    },
  }
}

/** IndexedDB, or localStorage where IndexedDB cannot be opened. */
export function browserStorage(): OutboxStorage {
  let opened: Promise<IDBPDatabase<OutboxSchema> | OutboxStorage> | undefined
  const open = () =>
    (opened ??= import('idb')
      .then(({ openDB }) =>
        openDB<OutboxSchema>('sanlian', 1, {
          upgrade: (db) => void db.createObjectStore('entries', { keyPath: 'id' }),
          terminated: () => (opened = undefined),
        }),
      )
      .catch(() => localStorageFallback()))
  const isFallback = (db: IDBPDatabase<OutboxSchema> | OutboxStorage): db is OutboxStorage => 'remove' in db
  return {
    async all() {
      const db = await open()
      return isFallback(db) ? db.all() : db.getAll('entries')
    },
    async put(entry) {
      const db = await open()
      if (isFallback(db)) await db.put(entry)
      else await db.put('entries', entry)
    },
    async remove(id) {
      const db = await open()
      await (isFallback(db) ? db.remove(id) : db.delete('entries', id))
    },
  }
}
