import { readFileSync } from 'node:fs';

const everyMs = 500;

/** Calls back when the npm that started us is gone: killed outright, it tells nobody. */
export function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const start = ancestry();
  const timer = setInterval(() => {
    if (ancestry() === start) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
  return timer.unref();
}

/** Our parent; and the parent of a shell between npm and us, which lives on without npm. */
function ancestry() {
  const { ppid } = process;
  try {
    const stat = readFileSync(`/proc/${ppid}/stat`, 'utf8');
    const [name, rest] = [
      stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      stat.slice(stat.lastIndexOf(')') + 2),
    ];
    return name.endsWith('sh') ? `${ppid} ${rest.split(' ')[1]}` : `${ppid}`;
  } catch {
    return `${ppid}`;
  }
}
