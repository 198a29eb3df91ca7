import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { listAnswer, madeAgencies } from './agencies.ts';

/** An axis in a process of its own that has a directory of so many agencies (first argument) and nothing else. */
const server = createServer((request, response) => {
  request.resume();
  if (request.url?.endsWith('/getAgenciesList') !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
  Readable.from(listAnswer(madeAgencies(Number(process.argv[2])))).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
