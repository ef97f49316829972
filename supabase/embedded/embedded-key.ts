/**
 * The publishable key of every embedded installation. It is public by nature (it reaches every browser and opens only
 * what row-level security opens to `anon`), so it is one well-formed constant: the same `dist/` then serves any data
 * directory, also from the offline shell. What must be secret, the signing secret and the demo passwords, is made at
 * the first start.
 */
export const EMBEDDED_PUBLISHABLE_KEY = 'sb_publishable_c4r8E0bWuqDP4q2bLTyKzG_tC1HYINL'
