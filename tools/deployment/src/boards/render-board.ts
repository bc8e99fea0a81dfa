import type { Board, Panel, Variable } from './panel.ts';

const COLUMNS = 24;
const HEIGHT = 8;
const DATASOURCE = { type: 'prometheus', uid: '$datasource' };

/** A board as the JSON that Grafana reads. */
export function renderBoard(board: Board): string {
  const document = {
    uid: board.uid,
    title: board.title,
    description: board.description,
    tags: ['artdag'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    timezone: 'utc',
    links: [{ type: 'dashboards', title: 'Boards', tags: ['artdag'], keepTime: true }],
    templating: { list: [DATASOURCE_VARIABLE, ...board.variables.map(renderVariable)] },
    annotations: { list: [] },
    panels: place(board.panels).map(renderPanel),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const DATASOURCE_VARIABLE = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  hide: 0,
};

function renderVariable(variable: Variable) {
  const { name, label } = variable;
  if (variable.kind === 'text') {
    const { value } = variable;
    return { name, label, type: 'textbox', query: value, current: { text: value, value } };
  }
  return {
    name,
    label,
    type: 'query',
    datasource: DATASOURCE,
    query: variable.query,
    refresh: 2,
    sort: 1,
  };
}

type Placed = Panel & { readonly gridPos: { x: number; y: number; w: number; h: number } };

function place(panels: readonly Panel[]): Placed[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map((panel) => {
    const height = panel.height ?? HEIGHT;
    if (x + panel.width > COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { x, y, w: panel.width, h: height };
    x += panel.width;
    rowHeight = Math.max(rowHeight, height);
    return { ...panel, gridPos };
  });
}

function renderPanel(panel: Placed, index: number) {
  const shared = { id: index + 1, title: panel.title, gridPos: panel.gridPos };
  if (panel.kind === 'text') {
    return { ...shared, type: 'text', options: { mode: 'markdown', content: panel.markdown } };
  }
  const { kind, description, unit, queries, link } = panel;
  return {
    ...shared,
    type: kind,
    description,
    datasource: DATASOURCE,
    fieldConfig: {
      defaults: { unit, ...LOOKS[kind].defaults, ...(panel.isZeroBad && ZERO_IS_BAD) },
      overrides: [],
    },
    options: LOOKS[kind].options,
    targets: queries.map(({ expr, legend }, place) => ({
      refId: String.fromCharCode(65 + place),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
      ...(kind === 'stat' && { instant: true }),
    })),
    ...(link && {
      links: [{ title: link.title, url: `\${server}${link.path}`, targetBlank: true }],
    }),
  };
}

const ZERO_IS_BAD = {
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: 'red', value: null },
      { color: 'green', value: 1 },
    ],
  },
};

const LOOKS = {
  stat: {
    defaults: { thresholds: { mode: 'absolute', steps: [{ color: 'text', value: null }] } },
    options: {
      reduceOptions: { calcs: ['lastNotNull'] },
      textMode: 'value_and_name',
      colorMode: 'value',
    },
  },
  timeseries: {
    defaults: { custom: { lineWidth: 1, fillOpacity: 8, showPoints: 'never', spanNulls: false } },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  },
} as const;
