import { buildIfNeeded } from '../../supabase/embedded/build'

/**
 * Global set-up of the projects that start the app: `dist/` is there and fresh, so that no test waits for it.
 * SANLIAN_BUILD=never takes it as it is.
 */
export default async function setup(): Promise<void> {
  if (process.env['SANLIAN_BUILD'] !== 'never') await buildIfNeeded(() => {})
}
