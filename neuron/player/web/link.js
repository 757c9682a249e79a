// What the reader does, on its way to Python: numbered, and sent again until it is acknowledged.

/** @typedef {{ n: number, set?: Record<string, number>, settled?: boolean, do?: string, what?: string }} Event */

/** After so many milliseconds without an answer the reader is told, and all is sent again. */
const PATIENCE = 3000;

/** For so many milliseconds a hand rests before it is sent where it is: an answer costs frames. */
const REST = 150;

export class Link {
  /**
   * @param {(did: { at: string, events: Event[], try: number }) => void} send
   * @param {(late: boolean) => void} tell whether an answer is overdue
   */
  constructor(send, tell) {
    this.send = send;
    this.tell = tell;
    this.at = ""; // the address that what is shown was made from
    this.last = 0;
    /** @type {Event[]} */
    this.events = [];
    this.sent = 0; // the number of the last event that is on its way
    this.tries = 0;
    this.timer = 0;
    this.resting = 0; // a timer, too
  }

  /**
   * Python has answered.
   * @param {number} done the number of the last event that it has taken
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
   * Settings were changed by hand.
   * @param {Record<string, number>} set
   * @param {boolean} settled whether the handle was let go
   */
  set(set, settled) {
    const before = this.events.at(-1);
    const same = before?.set && !before.settled && before.n > this.sent;
    if (same) this.events.pop(); // it has not left yet, so this replaces it
    this.#add({ set: same ? { ...before.set, ...set } : set, settled });
  }

  /**
   * Something else was done.
   * @param {string} name
   * @param {string} what
   */
  do(name, what) {
    this.#add({ do: name, what });
  }

  /** What is not acknowledged of the settings. */
  get pending() {
    return Object.assign({}, ...this.events.map(({ set }) => set ?? {}));
  }

  /** @param {Omit<Event, "n">} event */
  #add(event) {
    this.last += 1;
    this.events.push({ n: this.last, ...event });
    // While a handle moves, nothing is sent; what is final goes at once.
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
    clearTimeout(this.timer);
    clearTimeout(this.resting);
  }
}
