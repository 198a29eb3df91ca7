import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listAnswer } from './agencies.ts';

/** What the axis answers by verb: rows, a text as it is, or 'cut' to break off in the middle. */
export type ListAnswers = {
  agencies: readonly object[] | string;
  pairs: readonly object[] | null;
  changes: readonly object[] | null;
};

export type ListAxis = {
  readonly endpoint: string;
  /** what it answers from now on */
  readonly answers: ListAnswers;
  /** verbs that were asked for, in order */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
};

/** A real server on 127.0.0.1 that knows the three verbs of the directory. */
export async function startListAxis(): Promise<ListAxis> {
  const answers: ListAnswers = { agencies: [], pairs: null, changes: null };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const verb = request.url?.split('/').at(-1) ?? '';
    asked.push(verb);
    const rows = { getAgenciesList: answers.agencies, getAgenciesListQD20: answers.pairs, getSynchronizeUnit: answers.changes }[verb] ?? null;
    if (rows === null) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
    if (rows === 'cut') {
      response.write('{"status":"OK","ErrorCode":"0","data":[{"code":"H99","name":"Chưa từng có"},', () => request.socket.destroy());
      return;
    }
    response.end(typeof rows === 'string' ? rows : [...listAnswer(rows)].join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    answers,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
