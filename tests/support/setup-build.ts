import { buildIfNeeded } from '../../supabase/embedded/build'

/** Global set-up of the projects that start the app: `dist/` is there and fresh, so that no test waits for it. */
export default async function setup(): Promise<void> {
  await buildIfNeeded(() => {})
}
