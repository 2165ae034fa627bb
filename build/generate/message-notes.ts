import type {
  AppCommandType,
  ClientHandshake,
  ServerHandshake,
} from '../../shared/protocol/addon/commands.ts';
import type { AddonEventType } from '../../shared/protocol/addon/events.ts';

/** What each message is for, in one line; a new message does not compile without one. */
export const messageNotes: {
  readonly clientHandshake: Readonly<Record<ClientHandshake['type'], string>>;
  readonly serverHandshake: Readonly<Record<ServerHandshake['type'], string>>;
  readonly addonEvent: Readonly<Record<AddonEventType, string>>;
  readonly appCommand: Readonly<Record<AppCommandType, string>>;
} = {
  clientHandshake: {
    hello: 'First frame: who connects, and a nonce for the app to prove the key over.',
    proof: "The AddOn's proof of the pairing key, after it has checked the app's.",
  },
  serverHandshake: {
    challenge: "The app's proof of the pairing key, and its nonce.",
    welcome: 'The session is open; when silence counts as stale and as dead.',
    refused: 'Last frame before the app closes the connection.',
  },
  addonEvent: {
    heartbeat: 'Once a second: the AddOn lives, and how much it has in hand.',
    pong: 'Answers a `ping` with its echo.',
    snapshot:
      'One part of a picture of everything (`full`) or of everything but history (`state`).',
    account: 'An account appeared or changed.',
    accountItem: 'A figure of an account; null says that it was not reported.',
    order: 'An order as it now stands.',
    execution: 'A fill.',
    position: 'A position as it now stands; quantity 0 says flat.',
    connection: "A connection's state.",
    instrument: "A contract's terms; sent before anything priced in it.",
    quote: 'Best bid, ask and last; the only message a sender may conflate (per instrument).',
    bar: 'A minute of trades, closed or still growing.',
    commandAck: 'A command was accepted, seen before, or refused.',
    commandResult: 'What was observed at the end of a command.',
    flattenProgress: 'One step of a running flatten, for the proof.',
    guardState: 'The guard the AddOn holds and whether it enforces it.',
    resyncNeeded: 'The AddOn knows that it lost something: ask for a full snapshot.',
    addonLog: "A line for the app's log.",
    goodbye: 'The AddOn is about to close.',
  },
  appCommand: {
    heartbeat: 'Once a second: what arrived, and what of it is on disk.',
    ping: 'Measures the round trip.',
    snapshot: 'Asks for a snapshot.',
    flatten: 'Cancels the orders and closes the positions of a scope.',
    cancelAll: 'Cancels every order of a scope.',
    cancelOrder: 'Cancels one order.',
    submitOrder: 'Sends an order.',
    modifyOrder: 'Changes quantity or prices of a working order; null keeps what is.',
    subscribe: 'Asks for quotes, and bars if wanted, of instruments.',
    unsubscribe: 'Ends a subscription.',
    setGuard: 'Replaces the limits and locks the AddOn enforces while the app is away.',
  },
};
