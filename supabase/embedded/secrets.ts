import { randomBytes, randomInt } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

export interface DemoAccount {
  role: string
  label: string
  email: string
  password: string
}

export interface Secrets {
  /** Signs the access tokens; who knows it is everybody. */
  jwt_secret: string
  /** The password of this installation's demo accounts. */
  demo_password: string
  /** The demo accounts, once they were made, to print them at every start. */
  accounts?: DemoAccount[]
  /** The code that lets a new account ask to join the demo community. */
  invite?: string
}

const KNOWN_SECRETS = [
  'unsafe-secret-change-me',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'your-256-bit-secret',
]

/** The installation's secrets, made at the first start; refuses ones that somebody could know or guess. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = secretsFile(dataDir)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) {
    const made: Secrets = { jwt_secret: randomBytes(48).toString('base64url'), demo_password: makePassword() }
    await saveSecrets(dataDir, made)
    return made
  }
  const secrets = parse(text)
  if (!secrets) {
    throw new StartError(`${file} is not readable as JSON: repair it, or remove it and everybody signs in anew.`)
  }
  if (isWeak(secrets.jwt_secret)) {
    throw new StartError(
      `The jwt_secret in ${file} is a published or a weak one, with which anybody could sign in as anybody: remove the file and a strong one is made.`,
    )
  }
  return secrets
}

export async function saveSecrets(dataDir: string, secrets: Secrets): Promise<void> {
  const file = secretsFile(dataDir)
  const handle = await open(`${file}.new`, 'w', 0o600)
  await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file)
}

export function isWeak(secret: unknown): boolean {
  if (typeof secret !== 'string' || secret.length < 32) return true
  return KNOWN_SECRETS.includes(secret.trim().toLowerCase()) || new Set(secret).size < 12
}

function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json')
}

function parse(text: string): Secrets | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value && typeof value === 'object' ? (value as Secrets) : undefined
  } catch {
    return undefined
  }
}

/** Easy to type on a phone: no letters that look alike, 12 characters, about 59 bits. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const pick = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('')
  return [pick(), pick(), pick()].join('-')
}
