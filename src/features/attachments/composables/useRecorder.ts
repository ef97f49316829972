import { onScopeDispose, ref, shallowRef } from 'vue'

/** A voice note lasts a minute at most. */
export const MAX_SECONDS = 60

export interface Recording {
  blob: Blob
  seconds: number
}

/** The microphone for one short note; lets go of it as soon as it is over. */
export function useRecorder() {
  const recording = ref(false)
  const seconds = ref(0)
  const refused = ref(false)
  const result = shallowRef<Recording | null>(null)
  let recorder: MediaRecorder | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  async function start() {
    if (recording.value) return
    refused.value = false
    result.value = null
    const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null)
    if (!stream) {
      refused.value = true
      return
    }
    const chunks: Blob[] = []
    const own = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 })
    recorder = own
    own.ondataavailable = ({ data }) => chunks.push(data)
    own.onstop = () => {
      clearInterval(timer)
      stream.getTracks().forEach((track) => track.stop())
      recording.value = false
      const type = own.mimeType.split(';')[0]!
      result.value = { blob: new Blob(chunks, { type }), seconds: Math.max(1, Math.min(MAX_SECONDS, seconds.value)) }
    }
    seconds.value = 0
    own.start()
    recording.value = true
    timer = setInterval(() => {
      seconds.value += 1
      if (seconds.value >= MAX_SECONDS) stop()
    }, 1000)
  }

  function stop() {
    if (recorder?.state === 'recording') recorder.stop()
  }

  function forget() {
    result.value = null
    seconds.value = 0
  }

  onScopeDispose(stop)
  return { recording, seconds, refused, result, start, stop, forget, isPossible: typeof MediaRecorder !== 'undefined' }
}
