/** What the database takes at most. */
export const MAX_BYTES = 400 * 1024
const MAX_SIDE = 1600

/** Width and height that fit into the largest side we keep. */
export function fitted(width: number, height: number, side = MAX_SIDE): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * Draws a photo anew, at most 1600 px and 400 kB: place, time and camera (EXIF) stay on the phone.
 * WebP, or JPEG where the browser writes none. Null when it is no picture this browser can read.
 */
export async function encodePhoto(file: Blob): Promise<Blob | null> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!image) return null
  const canvas = document.createElement('canvas')
  try {
    for (let side = MAX_SIDE; side >= 400; side *= 0.75) {
      const { width, height } = fitted(image.width, image.height, side)
      canvas.width = width
      canvas.height = height
      canvas.getContext('2d')!.drawImage(image, 0, 0, width, height)
      for (const quality of [0.82, 0.68, 0.5]) {
        const blob = (await toBlob(canvas, 'image/webp', quality)) ?? (await toBlob(canvas, 'image/jpeg', quality))
        if (blob && blob.size <= MAX_BYTES) return blob
      }
    }
    return null
  } finally {
    image.close()
    // Gives the memory back at once; old phones have little.
    canvas.width = canvas.height = 0
  }
}

/** Null when the browser answered with another type than asked for. */
async function toBlob(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality))
  return blob?.type === type ? blob : null
}

/** The bytes of a blob as base64, for a command. */
export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
