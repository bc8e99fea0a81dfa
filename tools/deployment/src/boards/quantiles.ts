import type { Query } from './panel.ts';

/** A rate over the span that fits the width of a panel. */
export const rate = (series: string) => `rate(${series}[$__rate_interval])`;

/** A quantile of a histogram, by the labels named. */
export function quantile(q: number, series: string, by: readonly string[] = []): string {
  return `histogram_quantile(${q}, sum by (${['le', ...by].join(', ')}) (${rate(series)}))`;
}

/** The median and what one of twenty and one of a hundred exceed. */
export function quantiles(series: string): [Query, ...Query[]] {
  return [
    { expr: quantile(0.5, series), legend: 'median' },
    { expr: quantile(0.95, series), legend: '95 %' },
    { expr: quantile(0.99, series), legend: '99 %' },
  ];
}
