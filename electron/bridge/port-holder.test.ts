import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { findPortHolder, imageName, listeningInode, listeningPid } from './port-holder.ts';

const PROC_NET_TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:223D 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 11111 1
   1: 0100007F:223D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22222 1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33333 1
`;

const NETSTAT = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABH\u00d6REN         1044
  TCP    127.0.0.1:8765         127.0.0.1:50112        HERGESTELLT     9000
  TCP    127.0.0.1:8765         0.0.0.0:0              ABH\u00d6REN         4242
`;

describe('who holds a port', () => {
  it('is found in /proc/net/tcp by the listening socket, not a connected one', () => {
    expect(listeningInode(PROC_NET_TCP, 8765)).toBe('22222');
    expect(listeningInode(PROC_NET_TCP, 22)).toBe('33333');
    expect(listeningInode(PROC_NET_TCP, 8766)).toBeNull();
  });

  it('is found in the output of netstat in any language', () => {
    expect(listeningPid(NETSTAT, 8765)).toBe('4242');
    expect(listeningPid(NETSTAT, 765)).toBeNull();
  });

  it('is named by tasklist', () => {
    expect(imageName('"NinjaTrader.exe","4242","Console","1","512.000 K"\r\n')).toBe(
      'NinjaTrader.exe',
    );
    expect(imageName('INFO: No tasks are running which match the specified criteria.')).toBeNull();
  });

  it('is null when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    expect(await findPortHolder(port)).toBeNull();
  });
});
