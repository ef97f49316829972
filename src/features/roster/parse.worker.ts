import { FileRefusal, readTables } from './parse'
import type { ParseAnswer, ParseQuestion } from './read-file'

/** Reads a file away from the screen, so that a long one does not freeze it. */
self.addEventListener('message', (event: MessageEvent<ParseQuestion>) => {
  const { bytes, fileName } = event.data
  const answer = (message: ParseAnswer) => self.postMessage(message)
  readTables(bytes, fileName).then(
    (sheets) => answer({ sheets }),
    (error: unknown) => answer({ fault: error instanceof FileRefusal ? error.fault : 'unreadable' }),
  )
})
