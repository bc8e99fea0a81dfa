import { type Board, SERVER } from './panel.ts';
import { rate } from './quantiles.ts';

const HALF = 12;
const DELIVERIES = '{queue="deliver-activity"}';

const WHY_NO_HOST = `## \${host}

No metric names a host: whoever sends us a follow would make a series, and thousands of dead hosts
would make thousands for ever. What is known of one host is in the database, and shown here:

- [state, breaker, backlog and last errors](\${server}/admin/peers/\${host})
- \`artdag-l2 hosts show \${host}\` says the same on the command line
- each try is a line of log: look for \`"queue":"deliver-activity"\``;

/** How peers take what is sent to them, and where one of them is looked at. */
export const peerBoard: Board = {
  uid: 'artdag-peer',
  title: 'Art DAG: peers and one peer',
  description: 'Is it us, is it all of them, or is it one.',
  variables: [SERVER, { kind: 'text', name: 'host', label: 'Host', value: 'mastodon.example' }],
  panels: [
    { title: 'One peer', kind: 'text', width: HALF, height: 9, markdown: WHY_NO_HOST },
    {
      title: 'Tries by outcome',
      kind: 'timeseries',
      width: HALF,
      height: 9,
      unit: 'ops',
      description: 'Unsigned ones had no signer: that is us, and no peer.',
      queries: [
        {
          expr: `sum by (outcome) (${rate('artdag_delivery_tries_total')})`,
          legend: '{{outcome}}',
        },
      ],
    },
    {
      title: 'Hosts in the last 15 minutes',
      kind: 'timeseries',
      width: HALF,
      unit: 'short',
      description: 'Where more fail than answer, it is rarely the peers.',
      queries: [
        { expr: 'max by (state) (artdag_delivery_hosts)', legend: '{{state}}' },
        { expr: 'max by (state) (artdag_breakers)', legend: 'breaker {{state}}' },
      ],
      link: { title: 'All peers', path: '/admin/peers' },
    },
    {
      title: 'Deliveries that wait',
      kind: 'timeseries',
      width: HALF,
      unit: 'short',
      description: 'Waiting ones want a worker; delayed ones wait for their next try.',
      queries: [
        {
          expr: `max by (state) (artdag_queue_jobs{queue="deliver-activity", state=~"waiting|active|delayed"})`,
          legend: '{{state}}',
        },
        {
          expr: `max(artdag_queue_oldest_wait_seconds${DELIVERIES})`,
          legend: 'oldest, in seconds',
        },
      ],
    },
  ],
};
