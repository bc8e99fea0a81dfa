import type { BrowserContext } from 'playwright-core';
import type { Look } from './inspect-page.ts';
import type { Viewer } from './seed-world.ts';
import type { Scene } from './start-scene.ts';

/** Browsers for each viewer and look; each is opened once and closed with the scene. */
export interface Views {
  open(viewer: Viewer, look: Look): Promise<BrowserContext>;
}

const HEIGHT = 900;

export function createViews({ browser, url, world }: Scene): Views {
  const opened = new Map<string, Promise<BrowserContext>>();
  const open = async (viewer: Viewer, { scheme, width }: Look) => {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height: HEIGHT },
      serviceWorkers: 'block',
    });
    if (viewer !== 'guest')
      await context.addCookies([{ name: 'auth_token', value: world.tokens[viewer], url }]);
    return context;
  };
  return {
    open(viewer, look) {
      const key = JSON.stringify([viewer, look]);
      const context = opened.get(key) ?? open(viewer, look);
      opened.set(key, context);
      return context;
    },
  };
}
