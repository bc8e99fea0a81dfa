import { hashOf, hostileName, type Viewer, type World } from './seed-world.ts';

/** A page of the suite. */
export interface PageCase {
  readonly name: string;
  readonly path: (world: World) => string;
  readonly viewer?: Viewer;
  readonly status?: number;
}

const at = (path: string) => () => path;
const work = (name: string) => at(`/registry/${encodeURIComponent(name)}`);

/** Every page that people see: full, empty, with long and hostile content, and as an error. */
export const PAGES: readonly PageCase[] = [
  { name: 'home', path: at('/') },
  { name: 'works', path: at('/assets') },
  { name: 'works, none found', path: at('/assets?q=no-such-work') },
  { name: 'a work, contested', path: work('effect:shared') },
  { name: 'a work, seen by its owner', path: work('effect:shared'), viewer: 'user' },
  { name: 'a work, hostile', path: work(hostileName) },
  { name: 'a work, withdrawn', path: work('taken back') },
  { name: 'a work, unknown', path: work('no such work'), status: 404 },
  { name: 'a work, embedded', path: at('/embed/registry/effect%3Ashared') },
  { name: 'a run, unknown', path: at('/runs/l1.example/none'), status: 404 },
  { name: 'a hash, contested', path: ({ sharedHash }) => `/objects/${sharedHash}` },
  { name: 'a hash, withdrawn', path: at(`/objects/${hashOf('taken back')}`), status: 410 },
  { name: 'a hash, unknown', path: at(`/objects/${hashOf('unknown')}`), status: 404 },
  { name: 'a tag', path: at('/tags/art') },
  { name: 'a tag, unused', path: at('/tags/nothing') },
  { name: 'users', path: at('/users') },
  { name: 'a user', path: at('/users/ada') },
  { name: 'a user without works', path: at('/users/nobody-yet') },
  { name: 'a user, unknown', path: at('/users/nobody'), status: 404 },
  { name: 'a key', path: at('/users/ada/key') },
  { name: 'activities', path: at('/activities') },
  { name: 'an activity', path: ({ activityId }) => `/activities/${activityId}` },
  { name: 'an activity, unknown', path: at('/activities/none'), status: 404 },
  { name: 'search, many found', path: at('/search?q=a') },
  { name: 'search, none found', path: at('/search?q=no-such-thing') },
  { name: 'verify', path: at('/verify') },
  { name: 'verify, wrong hash', path: at('/verify?hash=%3Cb%3E'), status: 422 },
  { name: 'about', path: at('/about') },
  { name: 'a problem', path: at('/problems/not-found') },
  { name: 'log in', path: at('/login') },
  { name: 'register', path: at('/register') },
  { name: 'register a work', path: at('/register-work'), viewer: 'user' },
  { name: 'works of one’s own', path: at('/me'), viewer: 'user' },
  { name: 'works of one’s own, none', path: at('/me'), viewer: 'operator' },
  { name: 'a work of one’s own', path: at('/me/works/effect:shared'), viewer: 'user' },
  {
    name: 'a work of another',
    path: at('/me/works/effect:shared'),
    viewer: 'operator',
    status: 404,
  },
  { name: 'tokens', path: at('/me/tokens'), viewer: 'user' },
  { name: 'sessions', path: at('/me/sessions'), viewer: 'user' },
  { name: 'settings', path: at('/me/settings'), viewer: 'user' },
  { name: 'checks', path: at('/admin'), viewer: 'operator' },
  { name: 'checks, seen by a user', path: at('/admin'), viewer: 'user', status: 403 },
  { name: 'queues', path: at('/admin/queues'), viewer: 'operator' },
  { name: 'a queue', path: at('/admin/queues/deliver-activity'), viewer: 'operator' },
  { name: 'failures', path: at('/admin/failures'), viewer: 'operator' },
  { name: 'peers', path: at('/admin/peers'), viewer: 'operator' },
  { name: 'a peer', path: at('/admin/peers/peer.example?ask=block'), viewer: 'operator' },
  { name: 'L1 servers', path: at('/admin/l1'), viewer: 'operator' },
  { name: 'users, for operators', path: at('/admin/users'), viewer: 'operator' },
  { name: 'reports', path: at('/admin/reports'), viewer: 'operator' },
  { name: 'audit', path: at('/admin/audit'), viewer: 'operator' },
  { name: 'settings, for operators', path: at('/admin/settings'), viewer: 'operator' },
  { name: 'log out', path: at('/logout'), viewer: 'user' },
];
