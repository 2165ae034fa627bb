import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { memoryOfTree, treeOf } from './process-tree.ts';

describe.runIf(process.platform === 'linux')('the processes of an app', () => {
  it('are those it started and those they started, with the memory of all', async () => {
    const nested = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 0, 1000)']);
      child.stdout.once('data', () => console.log(child.pid));
      process.stdin.once('end', () => { child.kill(); process.exit(); }).resume();`;
    const parent = spawn(process.execPath, ['-e', nested], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = parent.pid ?? 0;
    const grandchild = Number(line.toString());
    expect(treeOf(pid)).toEqual(expect.arrayContaining([pid, grandchild]));
    const alone = memoryOfTree(grandchild);
    const both = memoryOfTree(pid);
    expect(alone?.rssMb).toBeGreaterThan(10);
    expect(both?.processes).toBe(2);
    expect(both?.rssMb).toBeGreaterThan(alone?.rssMb ?? Infinity);
    parent.stdin.end();
    await once(parent, 'exit');
  });
});
