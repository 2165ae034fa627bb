// The smallest app with a sandboxed window, to prove what the test runtime itself provides.
import { BrowserWindow, app, protocol } from 'electron';

// Refused once the app is ready, so it proves that the main module is loaded before that.
protocol.registerSchemesAsPrivileged([{ scheme: 'probe', privileges: { standard: true } }]);
// Chromium cannot sandbox root at all.
if (process.getuid?.() !== 0) app.enableSandbox();
app.on('ready', () => {
  const window = new BrowserWindow({ width: 300, height: 200 });
  void window.loadURL('data:text/html,<h1>probe</h1>');
});
