import { onScopeDispose } from 'vue'

/** A sound and a buzz for each scan: the leader looks at people, not at the screen. */
export function useScanSignal() {
  let audio: AudioContext | null = null

  /** To be called from a tap: browsers allow sound only then. */
  function arm() {
    try {
      audio ??= new AudioContext()
      void audio.resume()
    } catch {
      audio = null
    }
  }

  function beep(frequency: number, seconds: number, delay = 0) {
    if (!audio || audio.state !== 'running') return
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const from = audio.currentTime + delay
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.15, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + seconds)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(from + seconds)
  }

  function good() {
    navigator.vibrate?.(60)
    beep(880, 0.14)
  }

  function bad() {
    navigator.vibrate?.([80, 60, 80])
    beep(240, 0.18)
    beep(200, 0.22, 0.2)
  }

  onScopeDispose(() => void audio?.close().catch(() => undefined))
  return { arm, good, bad }
}
