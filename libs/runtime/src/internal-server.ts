import { createServer, type ServerResponse } from 'node:http';
import { AppError } from '@artdag/errors';
import type { Registry } from 'prom-client';
import { askHealth, type HealthCheck } from './health.ts';

/** What the internal listener shows. */
export interface InternalServerOptions {
  readonly host: string;
  readonly port: number;
  readonly metrics: Registry;
  readonly checks: readonly HealthCheck[];
}

/** A listener for operators: `/metrics`, `/health/live`, `/health/ready`. */
export async function startInternalServer(
  options: InternalServerOptions,
): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    answer(request.url ?? '/', response, options).catch((error: unknown) => {
      response.writeHead(500).end(error instanceof Error ? error.message : 'failed');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError(
          'start-failed',
          `The internal listener cannot use ${options.host}:${options.port}: set ARTDAG_METRICS_PORT to a free port.`,
          { cause },
        ),
      ),
    );
    server.listen(options.port, options.host, resolve);
  });
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(url: string, response: ServerResponse, options: InternalServerOptions) {
  if (url === '/metrics') {
    response.setHeader('content-type', options.metrics.contentType);
    response.end(await options.metrics.metrics());
  } else if (url === '/health/live') {
    respondJson(response, 200, { live: true });
  } else if (url === '/health/ready') {
    const report = await askHealth(options.checks);
    respondJson(response, report.ready ? 200 : 503, report);
  } else {
    respondJson(response, 404, {
      detail: 'Only /metrics, /health/live and /health/ready are here.',
    });
  }
}

function respondJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
