import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StrangeServer {
  readonly port: number;
  /** Paths somebody asked for; stays empty when nobody got through. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const BODIES: Readonly<Record<string, readonly [string, string]>> = {
  '/x.js': ['text/javascript', 'window.strangerRan = true'],
  '/': ['text/html', '<!doctype html><title>stranger</title><p>stranger</p>'],
};

/** A web server on loopback that has no business with the app. */
export async function strangeServer(): Promise<StrangeServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/moved') {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      return;
    }
    const [type, body] = BODIES[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => resolve(undefined));
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
