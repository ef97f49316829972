/** `./zh-CN/shifts.json` → the messages under `shifts.*`: the file name is the first part of every key. */
export function byFeature(files: Record<string, unknown>): Record<string, never> {
  return Object.fromEntries(
    Object.entries(files).map(([path, messages]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), messages]),
  ) as Record<string, never>
}
