// What Python sends to the browser (neuron/player/__init__.py) and what the browser makes of it.

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

export interface View {
  from: number;
  half: number;
  path: string;
  x_axis: any;
  y_axis: any;
}

/** See `Picture` in neuron/figures.py. */
export interface Picture {
  figure: { data: any[]; layout: any };
  x: string;
  y: string[];
  drawn: number[];
  arrow: boolean;
  curve: [number, number, number] | null;
  views: View[];
}

export type Palette = Record<string, string>;

/** A run as it arrives. */
export interface Reel {
  last: number;
  alpha: number;
  examples: Example[];
  test: Example[];
  columns: Record<string, string>;
  pictures: Record<"bowl" | "weight" | "error", Picture>;
  palette: { light: Palette; dark: Palette };
  templates: { step: string; place: string; place_end: string; update: string; end: string };
  words: Record<"neuron" | "bowl" | "weight" | "error", string>;
}

/** A run ready to be played: its columns unpacked. */
export interface Film extends Omit<Reel, "columns"> {
  columns: Record<string, Float64Array>;
  strongest: number;
  at(index: number): Entry;
}

/** What Streamlit hands to a component's default export. */
export interface Mount {
  parentElement: HTMLElement;
  data: any;
  setTriggerValue(name: string, value: unknown): void;
}

/** See `Ruler` in neuron/figures.py. */
export interface Ruler {
  alpha: number;
  top: number;
  step: number;
  marks: { alpha: number; label: string }[];
  bands: { low: number; high: number; regime: string; word: string }[];
  sentence: string;
}
