export function chooseCacheFolder(env: Readonly<Record<string, string | undefined>>): string;
