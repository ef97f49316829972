import { AppError } from './errors'

/** Reads the QR codes in a picture or a video frame. */
export type QrReader = (source: ImageBitmapSource) => Promise<string[]>

let loading: Promise<QrReader> | undefined

/**
 * The browser's own detector where it knows QR codes, else ZXing from this app's own files
 * (never from a CDN). Loaded on first use.
 */
export function loadQrReader(): Promise<QrReader> {
  loading ??= load()
  loading.catch(() => (loading = undefined))
  return loading
}

interface Detector {
  detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]>
}
interface NativeDetector {
  new (options: { formats: string[] }): Detector
  getSupportedFormats: () => Promise<string[]>
}

async function load(): Promise<QrReader> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector
  const knowsQr = native && (await native.getSupportedFormats().catch((): string[] => [])).includes('qr_code')
  const detector: Detector = knowsQr ? new native({ formats: ['qr_code'] }) : await loadPonyfill()
  return async (source) => (await detector.detect(source)).map((code) => code.rawValue)
}

async function loadPonyfill(): Promise<Detector> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

/** The rear camera. Throws `camera_unavailable` (refused, none, or a page without https). */
export async function openCamera(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' } },
      audio: false,
    })
  } catch (error) {
    throw new AppError('camera_unavailable', { cause: error })
  }
}
