import { expect, it } from 'vitest'
import { fitted, toBase64 } from './encode'

it('a picture is made smaller, never larger, and keeps its shape', () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 })
  expect(fitted(3000, 4000)).toEqual({ width: 1200, height: 1600 })
  expect(fitted(800, 600)).toEqual({ width: 800, height: 600 })
  expect(fitted(10_000, 1)).toEqual({ width: 1600, height: 1 })
})

it('bytes become base64, many of them too', async () => {
  expect(await toBase64(new Blob(['三联']))).toBe('5LiJ6IGU')
  expect((await toBase64(new Blob([new Uint8Array(100_000)]))).length).toBe(133_336)
})
