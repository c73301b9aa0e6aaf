/** How long the last lines may take after a training has ended, in milliseconds. */
const drainTime = 3_000;

/** Follows a log beside the watch over a training; nothing of it decides about the training. */
export class LogFollower {
  private readonly controller = new AbortController();
  private readonly ended: Promise<void>;

  constructor(
    follow: (signal: AbortSignal) => Promise<void>,
    private readonly wait: (milliseconds: number) => Promise<void>,
  ) {
    this.ended = follow(this.controller.signal);
  }

  /** Lets it come to its end, if it does so soon. */
  async drain(): Promise<void> {
    await Promise.race([this.ended, this.wait(drainTime)]);
  }

  stop(): void {
    this.controller.abort();
  }
}
