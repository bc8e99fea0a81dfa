import type { BrowserContext } from 'playwright-core';
import type { Look } from './inspect-page.ts';
import type { Viewer } from './seed-world.ts';
import type { Scene } from './start-scene.ts';

/** Browsers for each viewer, with and without scripts; each is opened once and closed with the scene. */
export interface Views {
  open(viewer: Viewer, look: Pick<Look, 'scripts'>): Promise<BrowserContext>;
}

export function createViews({ browser, url, world }: Scene): Views {
  const opened = new Map<string, Promise<BrowserContext>>();
  const open = async (viewer: Viewer) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    if (viewer !== 'guest')
      await context.addCookies([{ name: 'auth_token', value: world.tokens[viewer], url }]);
    return context;
  };
  return {
    open(viewer, { scripts }) {
      const key = JSON.stringify([viewer, scripts]);
      const context = opened.get(key) ?? open(viewer);
      opened.set(key, context);
      return context;
    },
  };
}
