import type { DeskApi } from '../shared/protocol/ipc/contract.ts';
import { mountDesk } from './app/mount.tsx';
import './styles/all.css';
import { browserTimers } from './ui/browser-timers.ts';
import { systemNow } from './ui/clock.tsx';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly desk: DeskApi;
  }
}

const root = document.getElementById('desk');
if (root === null) throw new Error('The page has no element for the desk.');
mountDesk(root, { api: window.desk, now: systemNow, timers: browserTimers });
