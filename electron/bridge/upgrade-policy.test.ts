import { describe, expect, it } from 'vitest';
import { refuseUpgrade } from './upgrade-policy.ts';

const good = {
  method: 'GET',
  url: '/bridge/v1',
  headers: { host: '127.0.0.1:8765', upgrade: 'websocket' },
};

describe('a request to the bridge', () => {
  it.each(['127.0.0.1:8765', 'localhost:8765', 'LOCALHOST:8765'])('passes with Host %s', (host) => {
    expect(refuseUpgrade({ ...good, headers: { ...good.headers, host } }, 8765)).toBeNull();
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8765',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:8765:8765',
    '127.0.0.1.evil.example:8765',
    'user@127.0.0.1:8765',
    '0.0.0.0:8765',
    '[::1]:8765',
    'localhost.:8765',
  ])('is refused with Host %s', (host) => {
    const headers = { upgrade: 'websocket', ...(host === undefined ? {} : { host }) };
    expect(refuseUpgrade({ ...good, headers }, 8765)?.status).toBe(421);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:8765', 'null', ''])(
    'is refused with Origin "%s", whatever else is right',
    (origin) => {
      const headers = { ...good.headers, origin };
      expect(refuseUpgrade({ ...good, headers }, 8765)?.status).toBe(403);
    },
  );

  it.each(['/', '/bridge', '/bridge/v2', '/bridge/v1/', '/bridge/v1?x=1', '//bridge/v1'])(
    'is refused at %s',
    (url) => {
      expect(refuseUpgrade({ ...good, url }, 8765)).toMatchObject({
        status: 404,
        body: expect.stringContaining('/bridge/v1') as string,
      });
    },
  );

  it('is refused when it is no WebSocket', () => {
    expect(refuseUpgrade({ ...good, method: 'POST' }, 8765)?.status).toBe(426);
    expect(refuseUpgrade({ ...good, headers: { host: 'localhost:8765' } }, 8765)?.status).toBe(426);
  });
});
