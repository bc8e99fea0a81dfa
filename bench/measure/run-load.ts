import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** Requests that are sent again and again. `[<id>]` in the body becomes a new id each time. */
export interface Load {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
}

/** What came of a load. Latencies are in milliseconds. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx, and connections that failed. */
  readonly failed: number;
}

const Report = Type.Object({
  requests: Type.Object({ total: Type.Number(), average: Type.Number() }),
  latency: Type.Object({ p50: Type.Number(), p99: Type.Number() }),
  non2xx: Type.Number(),
  errors: Type.Number(),
});

const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** Runs autocannon as a process of its own, so that its CPU time is not counted as ours. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const args = ['--json', '-c', String(load.connections), '-d', String(load.seconds)];
  if (load.method) args.push('-m', load.method);
  for (const [name, value] of Object.entries(load.headers ?? {}))
    args.push('-H', `${name}: ${value}`);
  if (load.body) args.push('-b', load.body, '--idReplacement');
  const child = spawn(process.execPath, [autocannon, ...args, load.url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const report = Value.Parse(Report, JSON.parse(output));
  return {
    requests: report.requests.total,
    perSecond: Math.round(report.requests.average),
    p50: report.latency.p50,
    p99: report.latency.p99,
    failed: report.non2xx + report.errors,
  };
}
