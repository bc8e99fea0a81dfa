import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly runbook: string };
}

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const rules: Rule[] = parse(read('deploy/prometheus/alerts.yml')).groups[0].rules;
const headings = [...read('docs/runbook.md').matchAll(/^## (.+)$/gm)].map(([, text]) => text);

test('there are eight alerts, and the runbook has a heading for each and for no other', () => {
  const names = rules.map(({ alert }) => alert);
  expect(names).toHaveLength(8);
  expect(headings).toEqual(names);
});

test.each(rules)('$alert names its heading, and promtool sees it fire', (rule) => {
  const { runbook } = rule.annotations;
  expect(runbook).toBe(`docs/runbook.md#${rule.alert.toLowerCase()}`);
  expect(['critical', 'warning']).toContain(rule.labels.severity);
  const tests = parse(read('deploy/prometheus/alerts.test.yml')).tests.flatMap(
    (each: { alert_rule_test: unknown[] }) => each.alert_rule_test,
  );
  const own = tests.filter(({ alertname }: { alertname: string }) => alertname === rule.alert);
  expect(own).toContainEqual(expect.objectContaining({ exp_alerts: [] }));
  expect(own).toContainEqual(expect.objectContaining({ exp_alerts: [expect.anything()] }));
});
