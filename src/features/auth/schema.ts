import { isMobile } from '@/lib/forms'
import * as v from 'valibot'
import { passwordStrength } from './rules'

const email = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('auth.check.email'),
  v.email('auth.check.email'),
  v.maxLength(254, 'auth.check.email'),
)

/** bcrypt reads 72 bytes: what is longer would be cut without a word. */
const fits = (password: string) => new TextEncoder().encode(password).length <= 72

const newPassword = v.pipe(
  v.string(),
  v.check((password) => passwordStrength(password) > 0, 'auth.check.password_weak'),
  v.check(fits, 'auth.check.password_long'),
)

export const signInSchema = v.object({
  email,
  password: v.pipe(v.string(), v.nonEmpty('auth.check.password')),
})

export const signUpSchema = v.object({ email, password: newPassword })

export const resetSchema = v.object({ email })

export const newPasswordSchema = v.object({ password: newPassword })

export const phoneSchema = v.object({
  phone: v.pipe(
    v.string(),
    v.check(isMobile, 'auth.check.phone'),
    // E.164, as Auth wants it.
    v.transform(
      (phone) =>
        `+86${phone
          .normalize('NFKC')
          .replace(/\D/g, '')
          .replace(/^86(?=1\d{10}$)/, '')}`,
    ),
  ),
})

export const codeSchema = v.object({
  code: v.pipe(
    v.string(),
    v.transform((code) => code.normalize('NFKC').replace(/\s/g, '')),
    v.regex(/^\d{4,8}$/, 'auth.check.code'),
  ),
})
