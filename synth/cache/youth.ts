/** ms; clocks of most file systems tick every 10 ms, or more often. */
const youth = 50;
/** ms; some keep seconds only, every one or every other. */
const youthInSeconds = 2000;

/** Times of files that a tree has. */
export class Times {
  youngest = 0;
  private keepsSeconds = true;

  add(time: number): void {
    this.youngest = Math.max(this.youngest, time);
    if (time % 1000 !== 0) this.keepsSeconds = false;
  }

  /** For how long a second write may leave the time as it is, in ms. */
  get youth(): number {
    return this.keepsSeconds ? youthInSeconds : youth;
  }
}
