import { byFeature } from './by-feature'

/** All of English, one chunk, loaded when it is chosen. */
export default byFeature(import.meta.glob('./en/*.json', { eager: true, import: 'default' }))
