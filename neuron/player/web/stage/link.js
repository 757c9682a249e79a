// Sends what the reader does to Python, as numbered events that are resent until acknowledged.

/**
 * @typedef {{ n: number, set?: Record<string, number>, settled?: boolean, do?: string,
 *   what?: string }} Event
 */

/** Milliseconds without an answer before the reader is told and the events are sent again. */
const PATIENCE = 3000;

/** Milliseconds that a drag must pause before its value is sent: every answer costs frames. */
const REST = 150;

export class Link {
  /** @type {(did: { at: string, events: Event[], try: number }) => void} */
  send;

  /** @param {(late: boolean) => void} tell called with whether an answer is overdue */
  constructor(tell) {
    this.tell = tell;
    this.at = ""; // the address that the current payload was made from
    this.last = 0;
    /** @type {Event[]} */
    this.events = [];
    this.sent = 0; // the number of the last event awaiting an answer, or 0
    this.tries = 0;
    this.timer = 0;
    this.resting = 0; // the timer of a drag that has paused
    this.closed = false; // a handle may still report the end of a series of key presses
  }

  /**
   * Take note of Python's answer.
   * @param {number} done the number of the last event that it has processed
   * @param {string} at
   */
  acknowledge(done, at) {
    this.at = at;
    this.last = Math.max(this.last, done);
    this.events = this.events.filter(({ n }) => n > done);
    if (this.sent > done) return;
    clearTimeout(this.timer);
    this.tell(false);
    this.sent = 0;
    if (this.events.length && !this.resting) this.#flush();
  }

  /**
   * Queue a change to settings by hand.
   * @param {Record<string, number>} set
   * @param {boolean} settled whether the handle was released
   */
  set(set, settled) {
    const before = this.events.at(-1);
    const same = before?.set && !before.settled && before.n > this.sent;
    if (same) this.events.pop(); // not sent yet, so this one replaces it
    this.#add({ set: same ? { ...before.set, ...set } : set, settled });
  }

  /**
   * Queue any other event.
   * @param {string} name
   * @param {string} what
   */
  do(name, what) {
    this.#add({ do: name, what });
  }

  /** The changes to settings that are not acknowledged yet. */
  get pending() {
    return Object.assign({}, ...this.events.map(({ set }) => set ?? {}));
  }

  /** @param {Omit<Event, "n">} event */
  #add(event) {
    if (this.closed) return;
    this.last += 1;
    this.events.push({ n: this.last, ...event });
    // Final events are sent at once, but nothing is sent while a handle moves.
    clearTimeout(this.resting);
    if (event.settled !== false) return this.#flush();
    this.resting = setTimeout(() => {
      this.resting = 0;
      if (!this.sent) this.#flush();
    }, REST);
  }

  #flush() {
    clearTimeout(this.resting);
    this.resting = 0;
    this.sent = this.last;
    this.tries += 1;
    this.send({ at: this.at, events: this.events, try: this.tries });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tell(true);
      this.#flush();
    }, PATIENCE);
  }

  dispose() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.resting);
  }
}
