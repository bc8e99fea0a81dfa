/** One query of a panel. */
export interface Query {
  readonly expr: string;
  /** Name of each series; `{{label}}` is the value of a label. */
  readonly legend: string;
}

/** What a panel shows. */
export type Panel = Shown & {
  readonly title: string;
  /** Of 24 columns. */
  readonly width: number;
  readonly height?: number;
};

type Shown =
  | {
      readonly kind: 'timeseries' | 'stat';
      /** What it tells and what to make of it. */
      readonly description: string;
      /** A unit of Grafana: `s`, `reqps`, `ops`, `short`, `percentunit`. */
      readonly unit: string;
      readonly queries: readonly [Query, ...Query[]];
      /** Colours a number by whether it is 0. */
      readonly isZeroBad?: boolean;
      /** Path below the address of this server where more is said. */
      readonly link?: { readonly title: string; readonly path: string };
    }
  | { readonly kind: 'text'; readonly markdown: string };

/** Something to choose at the head of a board. */
export type Variable =
  | {
      readonly kind: 'values';
      readonly name: string;
      readonly label: string;
      readonly query: string;
    }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly value: string;
    };

/** A board: its panels stand from left to right and from top to bottom. */
export interface Board {
  /** Stands in addresses, and never changes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly panels: readonly Panel[];
}

/** Where this server is reached, for links to what a metric cannot name. */
export const SERVER: Variable = {
  kind: 'text',
  name: 'server',
  label: 'Server',
  value: 'https://artdag.example',
};
