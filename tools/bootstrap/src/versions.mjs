/** The Node.js that this project is developed and tested with. */
export const pinnedNode = '24.21.0';

/** The pinned minor version or a later one of the same major version. */
export function isAcceptedNode(version) {
  const [major, minor] = parse(version);
  const [pinnedMajor, pinnedMinor] = parse(pinnedNode);
  return major === pinnedMajor && minor >= pinnedMinor;
}

function parse(version) {
  return version.replace(/^v/, '').split('.').map(Number);
}
