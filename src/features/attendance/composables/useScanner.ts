import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'

/** Why there is no picture; each has words and a way on (`attendance.camera.<problem>`). */
export type CameraProblem = 'insecure' | 'denied' | 'none' | 'busy' | 'failed'

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}

const LOOK_EVERY_MS = 120

/** The browser's own reader where it can read QR codes, else the one that comes with the app. */
async function loadDetector(): Promise<Detector> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector
  const formats = await native?.getSupportedFormats().catch((): string[] => [])
  if (native && formats?.includes('qr_code')) return new native({ formats: ['qr_code'] })
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasmUrl }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  prepareZXingModule({
    overrides: {
      // Without this the reader would be fetched from somebody else's server.
      locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path),
    },
  })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

interface NativeDetector {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

function problemOf(error: unknown): CameraProblem {
  const name = (error as { name?: string } | null)?.name
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'failed'
}

/**
 * Reads QR codes from the camera until it is stopped. Loads nothing before `start()`.
 *
 * @param onCode called for every code seen, many times for one that is held still
 */
export function useScanner(video: Ref<HTMLVideoElement | null>, onCode: (text: string) => void) {
  const running = ref(false)
  const starting = ref(false)
  const problem = shallowRef<CameraProblem | null>(null)
  const canTorch = ref(false)
  const torch = ref(false)
  let stream: MediaStream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Every start and stop has a number, so that a late camera finds out nobody wants it. */
  let turn = 0

  async function start() {
    stop()
    const mine = ++turn
    problem.value = null
    if (!navigator.mediaDevices?.getUserMedia) {
      problem.value = window.isSecureContext ? 'none' : 'insecure'
      return
    }
    starting.value = true
    try {
      const [opened, detector] = await Promise.all([
        navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
        }),
        loadDetector(),
      ])
      if (mine !== turn || !video.value) {
        for (const track of opened.getTracks()) track.stop()
        return
      }
      stream = opened
      video.value.srcObject = opened
      await video.value.play()
      const track = opened.getVideoTracks()[0]
      canTorch.value = Boolean((track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch)
      running.value = true
      look(detector, mine)
    } catch (error) {
      if (mine === turn) problem.value = problemOf(error)
    } finally {
      if (mine === turn) starting.value = false
    }
  }

  function look(detector: Detector, mine: number) {
    timer = setTimeout(async () => {
      if (mine !== turn || !video.value) return
      try {
        if (video.value.readyState >= 2) {
          for (const found of await detector.detect(video.value)) onCode(found.rawValue)
        }
      } catch {
        // One frame that cannot be read says nothing about the next.
      }
      if (mine === turn) look(detector, mine)
    }, LOOK_EVERY_MS)
  }

  async function toggleTorch() {
    const track = stream?.getVideoTracks()[0]
    if (!track) return
    const next = !torch.value
    await track
      .applyConstraints({ advanced: [{ torch: next } as MediaTrackConstraintSet] })
      .then(() => (torch.value = next))
      .catch(() => (canTorch.value = false))
  }

  function stop() {
    turn += 1
    clearTimeout(timer)
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
    running.value = false
    starting.value = false
    torch.value = false
    canTorch.value = false
  }

  onScopeDispose(stop)
  return { running, starting, problem, canTorch, torch, start, stop, toggleTorch }
}

/** Fetches the reader ahead, so that it is there when the network is not. */
export function preloadScanner(): void {
  if ('BarcodeDetector' in globalThis || !navigator.mediaDevices) return
  void import('barcode-detector/ponyfill').catch(() => undefined)
  void import('zxing-wasm/reader/zxing_reader.wasm?url')
    .then(({ default: url }) => fetch(url))
    .catch(() => undefined)
}
