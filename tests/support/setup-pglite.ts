import { migratedImage } from './pglite'

/** Global set-up of the projects on PGlite: makes the migrated image once, before the workers ask for it. */
export default async function setup(): Promise<void> {
  await migratedImage()
}
