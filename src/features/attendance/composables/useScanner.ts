import type { QrReader } from '@/lib/scanner'
import { loadQrReader } from '@/lib/scanner'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'

/** Why there is no picture; each has words and a way on (`attendance.camera.<problem>`). */
export type CameraProblem = 'insecure' | 'denied' | 'none' | 'busy' | 'failed'

const LOOK_EVERY_MS = 120

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
      const [opened, read] = await Promise.all([
        navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
        }),
        loadQrReader(),
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
      look(read, mine)
    } catch (error) {
      if (mine === turn) problem.value = problemOf(error)
    } finally {
      if (mine === turn) starting.value = false
    }
  }

  function look(read: QrReader, mine: number) {
    timer = setTimeout(async () => {
      if (mine !== turn || !video.value) return
      try {
        if (video.value.readyState >= 2) {
          for (const text of await read(video.value)) onCode(text)
        }
      } catch {
        // One frame that cannot be read says nothing about the next.
      }
      if (mine === turn) look(read, mine)
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
  if (!navigator.mediaDevices) return
  void loadQrReader()
    // The first picture makes it fetch the rest of itself.
    .then((read) => read(new ImageData(1, 1)))
    .catch(() => undefined)
}
