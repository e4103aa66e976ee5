// A clock that moves when it is told to.
import type { Clock } from '@/live/clock'

interface Planned {
  at: number
  run: () => void
}

export class FakeClock implements Clock {
  #now = Date.parse('2026-11-24T10:00:00Z')
  #planned: Planned[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run }
    this.#planned.push(entry)
    return () => {
      this.#planned = this.#planned.filter((other) => other !== entry)
    }
  }

  /** Milliseconds until each thing that is planned, soonest first. */
  get waits(): number[] {
    return this.#planned.map((entry) => entry.at - this.#now).sort((a, b) => a - b)
  }

  /** Moves on, running what falls due in order, and lets what was started by it come to rest. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await rest()
    for (;;) {
      const due = this.#planned.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#planned = this.#planned.filter((entry) => entry !== due)
      this.#now = due.at
      due.run()
      await rest()
    }
    this.#now = until
    await rest()
  }
}

/** Lets every promise that can go on do so. */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
