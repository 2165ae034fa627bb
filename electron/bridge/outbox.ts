import type { Clock } from '../../shared/kernel/clock.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { Ids } from '../../shared/kernel/ids.ts';
import { AppCommand } from '../../shared/protocol/addon/commands.ts';
import { encode } from '../../shared/protocol/codec.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { Outgoing } from './translate-command.ts';

export interface OutboxError {
  readonly code: 'SLOW_PEER' | 'NOT_EXPRESSIBLE';
}

interface Line {
  readonly bufferedBytes: number;
  send(text: string): void;
}

/**
 * Numbers and sends the app's messages. Nothing waits here and nothing is dropped: a message is handed to
 * the socket or its sender is told that it was not.
 */
export class Outbox {
  readonly #line: Line;
  readonly #ids: Ids;
  readonly #clock: Clock;
  readonly #limitBytes: number;
  #seq = 0;

  constructor(line: Line, deps: { ids: Ids; clock: Clock; limitBytes: number }) {
    this.#line = line;
    this.#ids = deps.ids;
    this.#clock = deps.clock;
    this.#limitBytes = deps.limitBytes;
  }

  send(outgoing: Outgoing): Result<{ readonly sentAt: number }, OutboxError> {
    const sentAt = this.#clock.wall();
    const message = AppCommand.safeParse({
      v: PROTOCOL_VERSION,
      id: this.#ids.next('msg'),
      seq: this.#seq + 1,
      ts: sentAt,
      type: outgoing.type,
      payload: outgoing.payload,
    });
    if (!message.success) return err({ code: 'NOT_EXPRESSIBLE' });
    if (this.#line.bufferedBytes > this.#limitBytes) return err({ code: 'SLOW_PEER' });
    this.#seq += 1;
    this.#line.send(encode(message.data));
    return ok({ sentAt });
  }
}
