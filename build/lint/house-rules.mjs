import { forbiddenSyntax } from './forbidden-syntax.mjs';

/** Time, chance and identity come in through ports, or a run could not be replayed. */
const noAmbientWorld = forbiddenSyntax({
  why: 'Take a Clock, Timers or Ids from shared/kernel; only electron/platform touches the real ones.',
  selectors: [
    "NewExpression[callee.name='Date'][arguments.length=0]",
    "CallExpression[callee.name='Date']",
    "MemberExpression[object.name='Date'][property.name='now']",
    "MemberExpression[object.name='Math'][property.name='random']",
    "MemberExpression[object.name='performance'][property.name='now']",
    "MemberExpression[object.name='process'][property.name='hrtime']",
    'Identifier[name=/^(setTimeout|setInterval)$/]:not(.property)',
    'MemberExpression[object.name=/^(globalThis|window|self)$/][property.name=/^(setTimeout|setInterval)$/]',
    "Identifier[name='randomUUID']",
    'ImportDeclaration[source.value=/^(node:)?timers/]',
  ],
});

/** The engine must run without Electron: in tests, and in the headless command. */
const noElectronApi = forbiddenSyntax({
  why: "Only electron/{ipc,shell}, main.ts and preload.ts may import 'electron'.",
  selectors: [
    'ImportDeclaration[source.value=/^electron($|\\u002F)/]',
    'ImportExpression[source.value=/^electron($|\\u002F)/]',
    "CallExpression[callee.name='require'][arguments.0.value='electron']",
  ],
});

/** Every request of the window passes one gate that checks its sender and its shape. */
const noIpcMain = forbiddenSyntax({
  why: 'ipcMain belongs to electron/ipc, where each request is checked.',
  selectors: ["Identifier[name='ipcMain']"],
});

/** The window's safety settings stay at their safe values. */
const noWeakenedWindow = forbiddenSyntax({
  why: 'This would weaken the sandbox, the isolation or the content policy of a window.',
  selectors: [
    "Property[key.name='webSecurity']",
    "Literal[value='webSecurity']",
    'Property[key.name=/^nodeIntegration/][value.value=true]',
    'Property[key.name=/^(sandbox|contextIsolation)$/][value.value=false]',
    'Property[key.name=/^(allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures)$/]',
    "Property[key.name='webviewTag'][value.value=true]",
    'Literal[value=/^(--)?(no-sandbox|disable-web-security)$/]',
    "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    'Identifier[name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
  ],
});

/** A test that is skipped, retried or waits a fixed time proves nothing. */
const noIdleTest = forbiddenSyntax({
  why: 'Tests run, wait for events and use fakes of the ports: no skip, only, todo, retry, sleep or module mock.',
  selectors: [
    'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(skip|only|todo|fixme|fails)$/]',
    "MemberExpression[object.name='vi'][property.name=/^(mock|doMock)$/]",
    "MemberExpression[property.name='waitForTimeout']",
    'Property[key.name=/^(retry|retries)$/][value.value>0]',
  ],
});

/** @type {import('eslint').ESLint.Plugin} */
export const houseRules = {
  meta: { name: 'house' },
  rules: {
    'no-ambient-world': noAmbientWorld,
    'no-electron-api': noElectronApi,
    'no-idle-test': noIdleTest,
    'no-ipc-main': noIpcMain,
    'no-weakened-window': noWeakenedWindow,
  },
};
