// What Python sends to the browser (neuron/player/__init__.py) and what the browser makes of it.

declare global {
  interface Window {
    /** plotly.js, once it is there. */
    Plotly: any;
  }
}

export interface Example {
  input: number;
  goal: number;
}

/** One entry of each of a run's columns. */
export interface Entry extends Example {
  weight: number;
  prediction: number;
  delta: number;
  error: number;
  weight_delta: number;
}

export interface Figure {
  data: any[];
  layout: any;
}

export interface View {
  from: number;
  centre?: number;
  half: number;
  paths: string[];
  x_axis: any;
  y_axis: any;
}

/** See `Picture` in neuron/picture.py. */
export interface Picture {
  figure: Figure;
  x: string;
  y: string[];
  drawn: number[];
  arrow?: boolean;
  curve?: [number, number, number] | null;
  stairs?: boolean;
  views: View[];
}

export type Palette = Record<string, string>;

/** A run ready to be played: its columns unpacked. */
export interface Film {
  last: number;
  alpha: number;
  examples: Example[];
  test: Example[];
  columns: Record<string, Float64Array>;
  pictures: Record<"bowl" | "weight" | "error", Picture>;
  palette: { light: Palette; dark: Palette };
  templates: { step: string; place: string; place_end: string; update: string; end: string };
  words: Record<"neuron" | "bowl" | "weight" | "error", string>;
  strongest: number;
  at(index: number): Entry;
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

/** See `Ruler` in neuron/ruler.py. */
export interface Ruler {
  alpha: number;
  top: number;
  step: number;
  marks: { alpha: number; label: string }[];
  places: { alpha: number; name: string }[];
  bands: { low: number; high: number; regime: string; word: string }[];
  sentence: string;
}
