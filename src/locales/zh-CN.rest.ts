import { byFeature } from './by-feature'

/** Everything else in Chinese, one chunk, loaded before the first page that is not the home. */
export default byFeature(
  import.meta.glob(['./zh-CN/*.json', '!./zh-CN/{common,home,ui}.json'], {
    eager: true,
    import: 'default',
  }),
)
