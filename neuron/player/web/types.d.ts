// The payloads that Python sends to the browser (neuron/player/stage.py, payloads.py), and what the
// scripts make of them.

declare global {
  interface Window {
    /** plotly.js, once it has loaded. */
    Plotly: any;
  }
}

export interface Example {
  input: number;
  goal: number;
}

/** One step of a run. */
export interface Entry extends Example {
  weight: number;
  prediction: number;
  delta: number;
  error: number;
  weight_delta: number;
}

/** What a run depends on: see `train` in rule.js. */
export interface Training {
  examples: Example[];
  weight: number;
  alpha: number;
  iterations: number;
}

/** A run in columns; entry k describes the neuron before update k + 1. */
export interface Run {
  weight: number[];
  prediction: number[];
  delta: number[];
  error: number[];
  weight_delta: number[];
}

/** A run as the charts show it: with its last step and the mean errors. */
export interface ShownRun extends Run {
  last: number;
  training: number[];
  test?: number[];
}

export type Palette = Record<string, string>;

export interface Figure {
  data: any[];
  layout: any;
}

/** See `Axis` in neuron/charts/axes.py. */
export interface Axis {
  low: number;
  high: number;
  ticks: number[];
  texts: string[];
}

/** See `View` in neuron/charts/stage.py. */
export interface View {
  step: number;
  scale: number;
  weight: Axis;
  bowl: Axis;
  error: Axis;
  prediction: Axis;
}

/** See `Logarithmic` in neuron/charts/stage.py. */
export interface Logarithmic {
  weight: Axis;
  error: Axis;
  small: number;
}

/** See `Grip` in neuron/charts/stage.py. */
export interface Grip {
  low: number;
  high: number;
  step: number;
  marks: number[];
}

/** See `Ruler` in neuron/charts/ruler.py. */
export interface Ruler {
  top: number;
  step: number;
  marks: { alpha: number; label: string }[];
  bands: { low: number; high: number; regime: string; word: string }[];
  places: { alpha: number; name: string }[];
  sentence: string;
}

/** See `Line` in neuron/words/program.py. */
export interface Line {
  text: string;
  shows: string;
  beat: string;
  part: string;
}

export interface Program {
  lines: Line[];
  scaled: boolean;
}

/** See `Verdict` in neuron/words/verdict.py. */
export interface Verdict {
  regime: string;
  headline: string;
  plain: string;
  why: string;
  advice: string;
}

/** A clause of a sentence, used only while the part it is about is shown; for "", always. */
export type Clause = [part: string, text: string];

/** See `Words` in neuron/player/stage.py. */
export interface Words {
  beats: Record<string, string>;
  rest: Clause[];
  ideal: string;
  late: string;
  captions: Record<"neuron" | "bowl" | "weight" | "error", Clause[]>;
}

/** See `Until` in neuron/player/stage.py. */
export interface Until {
  what: string;
  value: number | string | null;
  within: number;
  sets: string;
  shown: number | null;
}

/** See `StopPayload` in neuron/player/stage.py. */
export interface Stop {
  text: string;
  until: Until | null;
  parts: string[];
  handles: string[];
  lights: string[];
  turns_to: string;
  tells: "always" | "seen" | "never";
  answers: boolean;
  note: { title: string; text: string } | null;
  table: string[][];
  doors: string[];
}

/** See `AskPayload` in neuron/player/stage.py. */
export interface Ask {
  question: string;
  choices: { name: string; label: string; path: number[] }[];
  stop: number;
}

/** See `ChapterPayload` in neuron/player/stage.py. */
export interface Chapter {
  name: string;
  title: string;
  stops: Stop[];
  ask: Ask | null;
  sought: boolean;
  before: string;
  back: number;
  after: string;
  next: string;
}

/** See `Payload` in neuron/player/stage.py. */
export interface Payload {
  done: number;
  at: string;
  opened: number;
  plays: boolean;
  stop: number;
  numbers: Record<string, number>;
  more: Example[];
  test: Example[];
  iterations: number;
  most_drawn: number;
  views: View[];
  steps: Axis;
  logarithmic: Logarithmic | null;
  ideal: number | null;
  grips: Record<string, Grip>;
  figures: Record<"bowl" | "weight" | "error", Figure>;
  palette: Record<"light" | "dark", Palette>;
  words: Words;
  program: Program;
  ruler: Ruler;
  verdict: Verdict;
  found: string;
  answer: string;
  picked: number[];
  changed: boolean;
  chapter: Chapter | null;
  free: Stop;
  docks: boolean;
  first: string;
  step: number;
  speed: string;
  locked: boolean;
  tabled: boolean;
}

/** A step's numbers as printed, and the sign ("=" or "≈") of each line, both by name. */
export interface Printed {
  texts: Record<string, string>;
  signs: Record<string, string>;
}

/** Everything that the stage's pictures need to draw one moment of a run. */
export interface Moment {
  step: number;
  /** A name from `BEATS` in clock.js, "glide" when the beats have merged, "" at rest. */
  beat: string;
  /** How much of the beat is done, 0 to 1. */
  done: number;
  /** Whether this is the run's last step. */
  last: boolean;
  entry: Entry;
  next: Entry;
  /** The step that the pictures come from, how much of the way to the next is done, 0 to 1, and the
   * weight there. While the pictures glide, `step` is the nearer of the two. */
  from: number;
  part: number;
  weight: number;
  printed: Printed;
  /** Whether a question is open, whose answer the next weight would give away. */
  asks: boolean;
  payload: Payload;
  run: ShownRun;
  alpha: number;
  examples: Example[];
  /** The axes at the current scale, which is a multiple of the initial one. */
  axes: Record<"weight" | "bowl" | "error" | "prediction", Axis>;
  scale: number;
  /** The parts of the stage that are shown now. */
  parts: Set<string>;
  /** The weight without any error, if Python has sent it for the goal and input shown. */
  ideal: number | null;
  /** The path that the reader picked, from the goal up; empty until the real one has been seen. */
  picked: number[];
}

/** A view of the cobweb: see `Picture` in neuron/charts/picture.py. */
export interface PictureView {
  from: number;
  paths: string[];
  x_axis: any;
  y_axis: any;
}

/** What Streamlit passes to a component's default export. */
export interface Mount {
  parentElement: HTMLElement;
  data: any;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}
