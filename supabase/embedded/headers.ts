import { readFileSync } from 'node:fs'

/** The headers of public/_headers for every path, the one place that static hosts read too. */
export function everyPathHeaders(file: string): Record<string, string> {
  const headers: Record<string, string> = {}
  let forAll = false
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\S/.test(line)) forAll = line.trim() === '/*'
    const [, name, value] = /^\s+([\w-]+):\s*(.+)$/.exec(line) ?? []
    if (forAll && name && value) headers[name] = value.trim()
  }
  return headers
}
