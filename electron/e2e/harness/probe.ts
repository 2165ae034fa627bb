/**
 * What the tests see from inside the main process. It is laid around Electron's own functions before the app
 * starts, and calls through to them, so that the app itself needs no seam for tests.
 */
export interface Probe {
  /** The tray's menu as last given to the system. */
  menu: { readonly id?: string; readonly label?: string; readonly click?: () => void }[];
  /** What the system was asked to call, per accelerator. */
  shortcuts: Record<string, () => void>;
  /** Boxes that would have waited for a person. */
  boxes: { readonly message: string; readonly detail: string; readonly buttons: string[] }[];
  /** Answers for the next boxes, by label of a button; without one a box stays open. */
  answers: string[];
  opened: string[];
  /** Lets the app become ready. */
  begin: () => Promise<void>;
}

/**
 * The main module of the app under test: the probe, then the app. It is not ready before `begin`: a window that opens
 * while Playwright is still connecting makes that wait for ever, once in a hundred starts.
 */
export function probedMain(appMain: string): string {
  return `
import electron from 'electron';
const probe = { menu: [], shortcuts: {}, boxes: [], answers: [], opened: [] };
globalThis.deskProbe = probe;
const { app, Menu, globalShortcut, dialog, shell } = electron;
const ready = app.whenReady();
const emit = app.emit.bind(app);
let readyWith = [];
app.emit = (name, ...args) => {
  if (name !== 'ready') return emit(name, ...args);
  readyWith = args;
  return app.listenerCount('ready') > 0;
};
let isReady = false;
const begun = Promise.withResolvers();
app.isReady = () => isReady;
app.whenReady = () => begun.promise;
probe.begin = async () => {
  await ready;
  isReady = true;
  begun.resolve();
  emit('ready', ...readyWith);
};
const build = Menu.buildFromTemplate.bind(Menu);
Menu.buildFromTemplate = (template) => {
  if (template.some((item) => item.id === 'flatten')) probe.menu = template;
  return build(template);
};
const register = globalShortcut.register.bind(globalShortcut);
globalShortcut.register = (accelerator, pressed) => {
  const given = register(accelerator, pressed);
  if (given) probe.shortcuts[accelerator] = pressed;
  return given;
};
const unregister = globalShortcut.unregister.bind(globalShortcut);
globalShortcut.unregister = (accelerator) => {
  delete probe.shortcuts[accelerator];
  unregister(accelerator);
};
dialog.showMessageBox = (...args) => {
  const box = args.at(-1);
  probe.boxes.push({ message: box.message, detail: box.detail ?? '', buttons: box.buttons ?? [] });
  const answer = probe.answers.shift();
  if (answer === undefined) return new Promise(() => undefined);
  return Promise.resolve({ response: box.buttons.indexOf(answer), checkboxChecked: false });
};
shell.openExternal = async (url) => void probe.opened.push(url);
await import(${JSON.stringify(appMain)});
`;
}
