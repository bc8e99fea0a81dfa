import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { downloadedMongod } from './downloaded-mongod.ts';

const AN_HOUR_MS = 3_600_000;

test('a download that fails is tried again after some minutes, or once its note is gone', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'artdag-cache-'));
  const note = join(cacheDir, 'mongod.failure');
  const info = vi.fn();
  const { find } = downloadedMongod({
    dataDir: cacheDir,
    cacheDir,
    log: { info, warn: () => undefined },
    // Nobody listens there.
    env: { ...process.env, MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:1' },
  });
  try {
    expect(await find()).toEqual({ missing: expect.stringMatching(/^the download /) });
    expect(await find()).toEqual({
      missing: expect.stringMatching(
        /^the download .* \(0 min ago; remove .*mongod\.failure to try/,
      ),
    });
    expect(info).toHaveBeenCalledTimes(1);

    const anHourAgo = new Date(Date.now() - AN_HOUR_MS);
    await utimes(note, anHourAgo, anHourAgo);
    expect(await find()).toEqual({ missing: expect.not.stringContaining('min ago') });
    await rm(note);
    expect(await find()).toEqual({ missing: expect.not.stringContaining('min ago') });
    expect(info).toHaveBeenCalledTimes(3);
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
});
