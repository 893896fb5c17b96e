import type { RunningServer } from '../../src/startServer.ts';
import type { Visitor } from '../setup/visitor.ts';

/** What there is to see: a measured demo filed with a client, its flags decided, and a link for the client. */
export interface Tour {
  readonly match: string;
  readonly consultation: string;
  readonly link: string;
}

export async function prepareTour(server: RunningServer, owner: Visitor): Promise<Tour> {
  const demo = await owner.post('/demo', { key: 'tour' });
  const match = demo.headers.get('location')!;
  await server.services.jobs.drain();
  const opened = await owner.post('/consultations', { alias: 'J. M.', match: match.split('/')[2]! });
  const consultation = opened.headers.get('location')!;

  const { html } = await owner.page(consultation);
  const flags = [...html.matchAll(/name="(decision\.[^"]+)"/g)].map(([, name]) => [name!, 'absent']);
  await owner.post(`${consultation}/flags`, Object.fromEntries(flags));
  const form = new URLSearchParams({ match: match.split('/')[2]!, days: '7', message: 'Have a look before Thursday.' });
  for (const stage of ['fresh', 'healed', 'aged']) form.append('stage', stage);
  await owner.fetch(`${consultation}/share`, { method: 'POST', body: form });
  const page = await owner.page(`${consultation}/share`);
  const link = /(\/s\/[A-Za-z0-9_-]{43})"/.exec(page.html)?.[1];
  if (!link) throw new Error('Expected a link on the share page.');
  return { match, consultation, link };
}
