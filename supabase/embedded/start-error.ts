/** Why the app did not start, as the one sentence a person reads. Nothing was changed when it is thrown. */
export class StartError extends Error {
  override name = 'StartError'
}
