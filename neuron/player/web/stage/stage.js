// The stage: keeps the neuron, the program and the charts in step, and responds to drags without
// waiting for Python.

import { announce } from "../shared/announce.js";
import { mix, setText } from "../shared/dom.js";
import { finishedChapters, markFinished } from "../shared/finished.js";
import { takesFocus } from "../shared/focus.js";
import { move } from "../shared/playhead.js";
import { meanErrors, train } from "../shared/rule.js";
import { mountScene, Scene } from "../shared/scene.js";
import { fillSteps } from "../shared/steps.js";
import { Clock, eased } from "./clock.js";
import { Change, Handle, towards } from "./handles.js";
import { Lens } from "./lens.js";
import { Link } from "./link.js";
import { Neuron } from "./neuron.js";
import { Bowl, BySteps } from "./plots.js";
import { handlePresenterKeys, isPresenting } from "./present.js";
import { Program } from "./program.js";
import { Ruler } from "./ruler.js";
import { Sentences } from "./sentences.js";
import { marked, Story } from "./story.js";

/** Phones in portrait, and screens that show one chart at a time: as in stage.css. */
const UPRIGHT = matchMedia("(max-width: 760px)");
const ONE_CHART = matchMedia("(max-width: 760px), (max-height: 640px)");

/** @typedef {import("../types").Payload} Payload */

class Stage extends Scene {
  /** @type {import("./plots").Plot[]} */
  charts = [];
  /** @type {Payload} */
  payload = /** @type {any} */ (undefined);
  /** @type {import("../types").ShownRun} */
  run;
  /** @type {import("../types").Example[]} */
  examples = [];
  /** @type {Set<string>} the parts that are shown now */
  parts = new Set();
  stopPresenting = () => {};

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    const { find } = this;
    this.link = new Link(
      (did) => this.mount.setStateValue("did", did),
      (late) => this.#late(late),
    );
    this.lens = new Lens();
    this.clock = new Clock(
      root,
      this.lens,
      () => this.paint(),
      () => this.rest(),
    );
    this.neuron = new Neuron(this.places.neuron);
    this.program = new Program(find(".program"));
    /** @type {Record<string, Change>} what can be changed by hand */
    this.changes = Object.fromEntries(
      ["weight", "goal", "input", "alpha"].map((name) => {
        const move = (/** @type {number} */ value) => this.#preview(name, value);
        const settle = (/** @type {number} */ value) => this.#settle(name, value);
        return [name, new Change(() => this.numbers[name], move, settle)];
      }),
    );
    this.ruler = new Ruler(find(".ruler"), this.changes.alpha);
    this.story = new Story(find, {
      act: (name, what) => this.#act(name, what),
      makeHandle: (place) => this.#addHandle(place, towards(0.5, -0.5)),
      isOpen: (until) => this.#isOpen(until),
      fulfil: (until) => this.#fulfil(until),
    });
    /** @type {Handle[]} */
    this.handles = [];
    /** @type {Record<string, number>} the numbers shown, including those of a drag in progress */
    this.numbers = {};
    this.trainedKey = ""; // the settings that the run was trained with, as JSON
    this.seen = false; // whether the run has been played to its end
    this.stop = 0;
    /** @type {Payload | undefined} the one before, and the last one that the story has gone by */
    this.previous = undefined;
    /** @type {Payload | undefined} */
    this.followed = undefined;
    this.place = ""; // chapter and stop
    this.scrollsToLooks = false; // whether to scroll to the closer looks once Python has answered
    this.sentences = new Sentences(root, this.places);
    this.told = ""; // the feedback on the reader's pick
    /** @type {string | undefined} the verdict last announced, or the first one shown */
    this.verdict = undefined;
    this.#listen();
  }

  #listen() {
    const { root, find, neuron } = this;
    this.#addHandle(find(".handle.weight"), towards(0, -1));
    this.#addHandle(find(".handle.goal"), () => ({ x: 0, y: -neuron.unit }));
    this.#addHandle(find(".handle.input"), towards(0, -1));
    find(".reset").addEventListener("click", () => this.#act("reset", ""));
    find(".begin").addEventListener("click", () => this.#act("chapter", this.payload.first));
    find(".log input").addEventListener("change", (/** @type {any} */ event) => {
      this.#act("log", event.target.checked ? "1" : "0");
    });
    for (const button of root.querySelectorAll(".tabs button")) {
      button.addEventListener("click", () => this.#turnTo(button.getAttribute("data-chart") ?? ""));
    }
    this.#turnTo("bowl");
    for (const name of ["pointerover", "focusin"]) {
      root.addEventListener(name, ({ target }) => this.#light(/** @type {any} */ (target)));
    }
    for (const name of ["pointerleave", "focusout"])
      root.addEventListener(name, () => this.#light());
    root.addEventListener("keydown", (event) => this.#press(event));
    this.stopPresenting = handlePresenterKeys(this);
    for (const screen of [UPRIGHT, ONE_CHART])
      screen.addEventListener("change", this.#arrange, { signal: this.listeners.signal });
    this.#arrange();
  }

  /**
   * Match the tab order to the visual order: on a phone the controls are below the charts, and the
   * program takes the place of one, below their tabs, except in print and in saved pictures.
   */
  #arrange = () => {
    const [dock, views] = [this.find(".dock"), this.find(".views")];
    if (UPRIGHT.matches) views.after(dock);
    else views.before(dock);
    const below = ONE_CHART.matches && !this.theme;
    this.find(below ? ".views" : ".hero").append(this.program.root);
  };

  /**
   * Select the chart to show where there is only room for one.
   * @param {string} chart
   */
  #turnTo(chart) {
    this.root.dataset.chart = chart;
    for (const button of this.root.querySelectorAll(".tabs button")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-chart") === chart));
    }
  }

  /**
   * Turn an element into a handle, for the number that it names.
   * @param {HTMLElement} element
   * @param {(step: number) => { x: number, y: number }} pixels
   */
  #addHandle(element, pixels) {
    const name = element.dataset.sets ?? "";
    const handle = new Handle(element, this.changes[name], () => this.#gripOf(name), pixels);
    this.handles = [...this.handles.filter((each) => each.element.isConnected), handle];
  }

  /**
   * The range and marks of a handle; the value that the story asks for is one more mark.
   * @param {string} name
   */
  #gripOf(name) {
    const grip = this.payload.grips[name];
    const { until } = this.story;
    if (until?.sets !== name) return grip;
    return { ...grip, marks: [...grip.marks, Number(until.shown)] };
  }

  /** The stop of the open chapter, or free play. */
  get at() {
    return this.payload.chapter?.stops[this.stop] ?? this.payload.free;
  }

  /** Whether the reader is dragging something, or changing it with the arrow keys. */
  get held() {
    return Object.values(this.changes).some((change) => change.on);
  }

  /**
   * Show a change at once, before Python has seen it.
   * @param {string} name
   * @param {number} value
   */
  #preview(name, value) {
    this.root.toggleAttribute("data-stale", true);
    this.#retrain({ ...this.numbers, [name]: value });
    this.clock.seek(0, false);
    for (const handle of this.handles) handle.describe();
    this.ruler.describe();
    this.link.set({ [name]: value }, false);
  }

  /**
   * @param {string} name
   * @param {number} value
   */
  #settle(name, value) {
    this.#preview(name, value);
    this.link.set({ [name]: value }, true);
    this.story.did(name);
  }

  /**
   * Whether the reader has yet to do what a stop of the story asks for.
   * @param {import("../types").Until} until
   */
  #isOpen({ what, value, within }) {
    if (what === "picked") return false; // the open question already disables Next
    if (what === "played") return this.run.last > 0 && !this.seen;
    if (what === "found") return this.payload.found !== value;
    return Math.abs(this.numbers[what] - Number(value)) > within;
  }

  /**
   * Do what a stop asks for, because the next stop's text describes the result.
   * @param {import("../types").Until} until
   */
  #fulfil(until) {
    if (until.what === "played") this.clock.seek(this.run.last);
    else if (until.sets) this.#settle(until.sets, Number(until.shown));
  }

  /**
   * @param {string} name
   * @param {string} what
   */
  #act(name, what) {
    if (name === "stop") {
      this.stop = Number(what.split(" ")[1]);
      this.#render();
      announce(this.story.news());
      this.#refocus();
    }
    const { events } = this.link;
    if (name === "chapter" && events.some((each) => each.do === name && each.what === what)) return;
    this.scrollsToLooks = name === "look";
    this.link.do(name, what);
  }

  /** @override */
  begin() {
    /** @type {Payload} */
    const payload = this.payload;
    this.link.acknowledge(payload.done, payload.at);
    const pending = this.link.pending;
    const waits = this.link.events.length > 0;
    this.root.toggleAttribute("data-stale", waits);
    const { previous } = this;
    this.previous = payload;
    const opened = payload.opened !== previous?.opened;
    const arrives = opened || (!waits && payload.stop !== this.stop);
    if (arrives) this.stop = payload.stop;
    if (opened && this.clock.playing) this.clock.pause(false);
    if (opened && previous) this.root.closest("[data-testid=stMain]")?.scrollTo({ top: 0 });
    this.#retrain({ ...payload.numbers, ...pending }, opened);
    const before = payload.chapter?.stops.slice(0, this.stop) ?? [];
    if (arrives && before.some(({ until }) => until?.what === "played")) {
      // Reached by a link or by going back, a stop that tells how the run ended shows its end.
      this.seen = true;
      this.clock.seek(this.run.last, false);
    }
    this.#render();
    if (opened && previous) this.story.root.scrollIntoView({ block: "nearest" });
    this.#goTo(payload, previous);
    if (!waits && !this.held) this.#tellStory(opened);
    if (!waits && this.scrollsToLooks) document.querySelector(".st-key-looks")?.scrollIntoView();
    if (!waits) this.scrollsToLooks = false;
    announce(this.story.news());
    if (!waits) this.#announceVerdict();
    this.#refocus();
    if (payload.plays) this.#playAfterPick();
  }

  /**
   * Go on with the story if it asked for the alpha that has just arrived. Not while the reader is dragging:
   * letting go would stop what is played.
   * @param {boolean} opened whether the chapter has only just been opened
   */
  #tellStory(opened) {
    const { payload, followed, story, clock } = this;
    this.followed = payload;
    if (opened || !followed) return;
    if (payload.numbers.alpha !== followed.numbers.alpha) {
      // When the task is to find an alpha, play each attempt.
      if (story.until?.what === "found") clock.play();
      story.did("found");
    }
    // A solved challenge is celebrated by playing the run that solved it.
    if (followed.chapter?.sought && payload.chapter && !payload.chapter.sought) clock.play();
  }

  /** Move the focus if the element that had it has disappeared with its part of the story. */
  #refocus() {
    const at = document.activeElement;
    if (!at || !this.root.contains(at) || takesFocus(at)) return;
    const { story, clock } = this;
    const places = [story.nextButton, this.find(".ask button"), clock.playButton];
    places.find((place) => place && takesFocus(place))?.focus({ preventScroll: true });
  }

  /** @override */
  name() {} // `Sentences.describe` does this at every step

  /**
   * Apply a link's step and speed only when they are new: later the reader may have changed them.
   * @param {Payload} payload
   * @param {Payload} [previous]
   */
  #goTo({ step, speed, chapter }, previous) {
    if (speed !== previous?.speed) this.clock.speed.value = speed;
    if (step && step !== previous?.step && !chapter?.ask) this.clock.seek(step);
  }

  /** Play the run, now that the reader has picked what will happen. A presenter plays it by key. */
  #playAfterPick() {
    this.story.did("picked");
    const plays = this.run.last > 0 && !this.seen;
    if (plays && !isPresenting()) this.clock.play();
    const at = document.activeElement; // the button that was pressed is gone
    if (at !== document.body && !at?.closest(".ask")) return;
    const next = plays ? this.clock.playButton : this.story.nextButton;
    next.focus({ preventScroll: true });
  }

  /** Update the texts, and which parts are shown. */
  #render() {
    const { payload, root, find } = this;
    const { chapter } = payload;
    const { story, at } = this;
    const last = chapter?.stops.at(-1) ?? at;
    story.show(chapter, this.stop);
    if (chapter && at === last && !chapter.sought) markFinished(chapter.name);
    story.paint(this.numbers);
    const parts = new Set(at.parts);
    const ever = new Set(last.parts); // for the others, no space is reserved
    if (!chapter && this.seen) parts.add("whole");
    this.parts = parts;
    find(".ruler").inert = payload.locked;
    for (const place of root.querySelectorAll("[data-part]")) {
      const name = place.getAttribute("data-part") ?? "";
      place.toggleAttribute("data-absent", !parts.has(name));
      place.toggleAttribute("data-never", !ever.has(name));
    }
    root.toggleAttribute("data-lone", !root.querySelector(".charts figure:not([data-never])"));
    root.dataset.lights = at.lights.join(" ");
    root.toggleAttribute("data-free", !chapter);
    const place = `${chapter?.name} ${this.stop}`;
    if (place !== this.place && ONE_CHART.matches && at.turns_to) this.#turnTo(at.turns_to);
    this.place = place;
    this.clock.setDisabled(Boolean(chapter?.ask) && at.until?.what !== "played");
    const asking = chapter?.ask?.stop === this.stop;
    root.toggleAttribute("data-asking", asking || at.table.length > 0);
    find(".dock").toggleAttribute("data-never", !payload.docks);
    this.#showHandles();
    this.program.show(payload.program);
    find(".reset").hidden = !payload.changed;
    for (const key of [".trained", ".tested"]) find(key).hidden = !payload.test.length;
    find(".log input").checked = Boolean(payload.logarithmic);
    setText(find(".ideal"), payload.words.ideal);
    setText(find(".mean"), payload.more.length ? "mean error" : "error");
    const begun = finishedChapters().has(payload.first);
    setText(find(".begin"), begun ? "Start the story again" : "New here? Start the story");
    this.#showVerdict();
  }

  /**
   * Show the verdict: in a chapter once the run has been played, in free play at once unless the
   * reader has made a prediction.
   */
  #showVerdict() {
    const { payload, find, at } = this;
    const { chapter } = payload;
    const seen = this.seen || !this.run.last;
    const may = chapter ? seen && !chapter.ask : seen || !payload.answer;
    this.root.toggleAttribute("data-unseen", !may);
    const { verdict } = payload;
    setText(find(".verdict strong"), may ? `${verdict.headline}.` : "");
    const answer = at.answers ? payload.answer : "";
    // With the ruler the verdict has come, too, and says it; the ruler is in this place.
    const told = may && chapter && !this.parts.has("ruler") ? answer : "";
    if (told !== this.told) announce(told);
    this.told = told;
    setText(find(".answer"), told);
    find(".verdict .plain").replaceChildren(...(may ? marked(answer || verdict.plain) : []));
    const why = may ? marked(`${verdict.why} ${verdict.advice}`) : [];
    find(".verdict details p").replaceChildren(...why);
    const tells = at.tells === "always" || (at.tells === "seen" && may);
    this.ruler.show(payload.ruler, tells);
  }

  /**
   * Train with these numbers, and go back to step 0 if that makes a different run.
   * @param {Record<string, number>} numbers
   * @param {boolean} [again] whether to go back to step 0 anyway
   */
  #retrain(numbers, again = false) {
    const { payload, lens, clock } = this;
    this.numbers = numbers;
    const { input, goal, weight, alpha } = numbers;
    const { iterations } = payload;
    this.examples = [{ input, goal }, ...payload.more];
    const changed = JSON.stringify([this.examples, weight, alpha, iterations, payload.test]);
    const other = changed !== this.trainedKey;
    if (other) {
      this.trainedKey = changed;
      const run = train({ examples: this.examples, weight, alpha, iterations });
      const single = this.examples.length === 1;
      this.run = {
        ...run,
        last: run.weight.length - 1,
        training: single ? run.error : meanErrors(this.examples, run.weight),
        test: payload.test.length ? meanErrors(payload.test, run.weight) : undefined,
      };
      this.seen = false;
    }
    if (!this.held) lens.take(payload.views);
    if (other || again) clock.take(this.run.last, 0);
    lens.jump(Math.floor(clock.head));
    this.story.paint(numbers);
  }

  /** @override @param {any} Plotly */
  make(Plotly) {
    const { bowl, weight, error } = this.places;
    const charts = [
      new Bowl(Plotly, bowl),
      new BySteps(Plotly, weight),
      new BySteps(Plotly, error),
    ];
    const [ball, start] = charts;
    this.#addHandle(ball.shapes.ring, () => ({ x: ball.unit("x"), y: 0 }));
    this.#addHandle(start.shapes.ring, () => ({ x: 0, y: -start.unit("y") }));
    this.#showHandles();
    return charts;
  }

  /** Let those handles be grabbed that are the reader's now. */
  #showHandles() {
    const { handles } = this.at;
    for (const handle of this.handles)
      handle.show(handles.includes(handle.element.dataset.sets ?? ""));
  }

  /** @override @param {import("../types").Palette} palette */
  load(palette) {
    for (const chart of this.charts) chart.begin(this.payload.figures[chart.name], palette);
  }

  /** @override */
  paint() {
    const { payload, clock, lens, run, sentences } = this;
    if (!payload || !run) return;
    const { alpha } = this.numbers;
    const { step: from, beat, done } = clock.moment();
    const glides = beat === "glide";
    const step = glides && done > 0.5 ? from + 1 : from; // what is said is about the nearer one
    const { length } = this.examples;
    const at = (/** @type {number} */ k) => ({
      ...this.examples[k % length],
      weight: run.weight[k],
      prediction: run.prediction[k],
      delta: run.delta[k],
      error: run.error[k],
      weight_delta: run.weight_delta[k],
    });
    const last = step === run.last;
    const entry = at(step);
    const next = at(Math.min(step + 1, run.last));
    // A glide is quick in the middle, so that most of the time it is near a step.
    const part = beat === "update" ? eased(done) : glides ? eased(eased(done)) : 0;
    const updated = last ? undefined : next.weight;
    const { numbers } = payload; // the ones for which Python has sent the ideal weight
    const known = this.numbers.input === numbers.input && this.numbers.goal === numbers.goal;
    /** @type {import("../types").Moment} */
    const moment = {
      ...{ step, beat, done, last, entry, next, from, part, payload, run, alpha },
      ...{ axes: lens.axes, scale: lens.scale },
      printed: sentences.print(run, step, glides, entry, alpha, updated),
      weight: part ? mix(run.weight[from], run.weight[from + 1], part) : entry.weight,
      asks: Boolean(payload.chapter?.ask),
      examples: this.examples,
      parts: this.parts,
      picked: this.seen ? payload.picked : [],
      ideal: known ? payload.ideal : null,
    };
    this.neuron.paint(moment);
    this.program.paint(moment);
    for (const chart of this.charts) {
      if (chart.visible && chart.gd.layout) chart.paint(moment);
    }
    this.root.toggleAttribute("data-beats", beat !== "");
    move(moment, clock.pace(), run.last === 0 || clock.disabled);
    if (!sentences.paint(moment)) return;
    if (!clock.playing) sentences.tabulate();
    clock.describe(step, `${step} of ${run.last}`);
  }

  /** Announce the verdict if it has changed and is not hidden. */
  #announceVerdict() {
    const verdict = this.find(".verdict");
    if (this.root.hasAttribute("data-unseen") || verdict.hasAttribute("data-absent")) {
      this.verdict ??= ""; // so that the first one is announced when it appears
      return;
    }
    const text = verdict.querySelector("p").textContent.trim();
    if (text !== this.verdict && this.verdict !== undefined) announce(text);
    this.verdict = text;
  }

  /** Playback has stopped: announce where and, at the end of the run, reveal its verdict. */
  rest() {
    announce(this.sentences.caption.textContent ?? "");
    const { clock } = this;
    this.sentences.tabulate();
    if (clock.head < clock.last || this.seen || !clock.last) return;
    this.seen = true;
    this.#render();
    this.#announceVerdict();
    this.paint();
    this.story.did("played");
  }

  /**
   * Highlight the line of the program that computes a part of the pictures, or what a line computes.
   * @param {Element} [target] what the pointer or the focus is on
   */
  #light(target) {
    const places = ".neuron-svg [data-part], .program [data-of]";
    const { part, of } = /** @type {any} */ (target?.closest(places))?.dataset ?? {};
    for (const place of this.root.querySelectorAll(places)) {
      const { dataset } = /** @type {HTMLElement} */ (place);
      const lit = part ? dataset.of === part : of && dataset.part === of;
      place.toggleAttribute("data-lit", Boolean(lit));
    }
  }

  /** @param {boolean} late whether an answer is overdue, so that changes are not saved yet */
  #late(late) {
    const text = late ? this.payload.words.late : "";
    if (text !== this.find(".saving").textContent) announce(text);
    setText(this.find(".saving"), text);
    document.documentElement.toggleAttribute("data-late", late);
  }

  /**
   * Handle the stage's keyboard shortcuts, except in controls that use these keys themselves.
   * @param {KeyboardEvent} event
   */
  #press(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches("input, select, textarea, [role=slider]")) return;
    const name = event.key === " " ? "Space" : event.key;
    const button = [...this.root.querySelectorAll("button:enabled[aria-keyshortcuts]")].find(
      (each) => each.getAttribute("aria-keyshortcuts") === name,
    );
    if (!button || (name === "Space" && target.matches("button, summary"))) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (button).click();
  }

  /**
   * Print the whole run in free play, but not in a chapter, where it could give away the end.
   * @param {boolean} on
   * @override
   */
  setPrinting(on) {
    const { clock } = this;
    if (on) {
      this.before = clock.head;
      // With the arithmetic of a step below it, print the stage at that step.
      const whole = !this.payload?.chapter && !document.querySelector(".byhand");
      if (whole) clock.seek(clock.last, false);
      const table = this.find(".all-steps");
      if (this.payload?.tabled) fillSteps(table, this.run, this.examples);
      else table.replaceChildren();
    }
    super.setPrinting(on);
    if (!on && !this.payload?.chapter) clock.seek(this.before ?? 0, false);
  }

  /** @override @param {string} theme */
  setTheme(theme) {
    this.theme = theme;
    this.#arrange();
    super.setTheme(theme);
  }

  /** @override */
  resized() {
    this.neuron.resize();
  }

  /** @override */
  dispose() {
    this.stopPresenting();
    this.clock.stop();
    this.link.dispose();
    this.ruler.dispose();
    super.dispose();
  }
}

export default mountScene(Stage, ".stage");
