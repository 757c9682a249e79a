// What Python sends to the browser (neuron/player/stage.py, payloads.py), and what is made of it.

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

/** A run in columns, one entry a step: see `train` in rule.js. */
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

/** Low and high of each axis, as they are while the scale grows. */
export type Ranges = Record<"weight" | "bowl" | "error" | "prediction", number[]>;

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
  alpha: number;
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
}

/** See `Verdict` in neuron/words/verdict.py. */
export interface Verdict {
  regime: string;
  headline: string;
  plain: string;
  why: string;
  advice: string;
}

/** A part of a sentence, told where the part of the stage that it is about is shown. */
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
  shown: number | null;
}

/** See `StopPayload` in neuron/player/stage.py. */
export interface Stop {
  text: string;
  until: Until | null;
  parts: string[];
  handles: string[];
  lights: string[];
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
  parts: string[];
  handles: string[];
  ask: Ask | null;
  sought: boolean;
  before: string;
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
  most: number;
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
  first: string;
  step: number;
  speed: string;
  hidden: string[];
  locked: boolean;
  tabled: boolean;
}

/** What all of the stage's pictures draw at the same time. */
/** A step's numbers as texts, and the sign of each line, by name. */
export interface Printed {
  texts: Record<string, string>;
  signs: Record<string, string>;
}

export interface Moment {
  step: number;
  /** A name of `BEATS` in clock.js, "glide" where they merge, "" at rest. */
  beat: string;
  /** How much of the beat is done, 0 to 1. */
  done: number;
  /** Whether this is the run's last step. */
  last: boolean;
  entry: Entry;
  next: Entry;
  printed: Printed;
  /** Whether a question is open, which the next weight would answer. */
  asks: boolean;
  /** How many training examples there are. */
  count: number;
  alpha: number;
  /** The starting weight, with all of its digits. */
  given: string;
  examples: Example[];
  tests: Example[];
  view: View;
  ranges: Ranges;
  scale: number;
  axis: Axis;
  /** The view of the beginning, with the ends of its number line. */
  first: View & Axis;
  /** What the chapter has shown so far. */
  parts: Set<string>;
  steps: Axis;
  logarithmic: Logarithmic | null;
  ideal: number | null;
  /** The path that the reader expected, once the real one was seen. */
  picked: number[];
}

/** A picture of the closer looks: see `Picture` in neuron/charts/picture.py. */
export interface Picture {
  figure: Figure;
  x: string;
  y: string;
  stairs: boolean;
  views: PictureView[];
}

export interface PictureView {
  from: number;
  half: number;
  paths: string[];
  x_axis: any;
  y_axis: any;
}

/** What `formulaSentence` needs of a run. */
export interface Formula {
  columns: Record<"passes" | "formula", Float64Array>;
  ideal: number | null;
  most_digits: number;
  numbers: Record<string, string>;
  templates: Record<"formula" | "beyond" | "agree" | "differ", string>;
}

/** What Streamlit hands to a component's default export. */
export interface Mount {
  parentElement: HTMLElement;
  data: any;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}
