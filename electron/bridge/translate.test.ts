import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountItemRecord,
  barRecord,
  executionRecord,
  instrumentRecord,
  orderRecord,
  positionRecord,
  quoteRecord,
} from '../../shared/testing/record-arbitraries.ts';
import { ConnectionTable } from './connection-table.ts';
import { InstrumentTable } from './instrument-table.ts';
import * as sample from './testing/wire-samples.ts';
import { translateItem, translatePosition, type Lexicon } from './translate.ts';
import { translateBar, translateQuote } from './translate-market.ts';
import { translateExecution, translateOrder } from './translate-order.ts';

function lexicon(): Lexicon {
  const instruments = new InstrumentTable();
  instruments.learn(sample.instrument());
  const connections = new ConnectionTable();
  connections.account('Sim101', 1, { status: 'connected', connection: null });
  return { instruments, connections };
}

describe('a position', () => {
  it('has its average in ten-thousandths of a tick', () => {
    expect(translatePosition(sample.position(), 9, lexicon())).toEqual({
      ok: true,
      value: {
        kind: 'position.reported',
        seq: 9,
        account: 'Sim101',
        instrument: 'ES 12-26',
        quantity: 2,
        averageTicksE4: 200_015_000,
        reportedAt: 1_000,
      },
    });
  });

  it('reported flat is read without the terms of the contract, as plain 0', () => {
    const flat = sample.position({ instrument: 'ZB 12-26', quantity: -0, averagePrice: 0 });
    const result = translatePosition(flat, 1, lexicon());
    expect(result.ok && result.value.quantity).toBe(0);
    expect(result.ok && result.value.averageTicksE4).toBeNull();
  });

  it('of an unknown contract is refused, never guessed', () => {
    const foreign = sample.position({ instrument: 'ZB 12-26' });
    expect(translatePosition(foreign, 1, lexicon())).toEqual({
      ok: false,
      error: 'UNKNOWN_INSTRUMENT',
    });
  });

  it('whose average was not reported keeps its quantity', () => {
    const result = translatePosition(sample.position({ averagePrice: null }), 1, lexicon());
    expect(result.ok && [result.value.quantity, result.value.averageTicksE4]).toEqual([2, null]);
  });
});

describe('an account item', () => {
  const value = (more: Parameters<typeof sample.item>[0], words = lexicon()) => {
    const result = translateItem(sample.item(more), 1, words);
    return result.ok ? result.value && result.value.value : result.error;
  };

  it('becomes ten-thousandths, halves away from zero', () => {
    expect(value({ value: 50_123.45 })).toBe(501_234_500);
    expect(value({ value: 0.00005 })).toBe(1);
    expect(value({ value: -0.00005 })).toBe(-1);
    expect(value({ value: -1_250.5 })).toBe(-12_505_000);
  });

  it('that was not reported stays unknown', () => {
    expect(value({ value: null })).toBeNull();
  });

  it('of zero is a value while the account is connected', () => {
    expect(value({ item: 'realizedProfitLoss', value: 0 })).toBe(0);
  });

  it.each(['netLiquidation', 'cashValue', 'realizedProfitLoss'])(
    'of zero (%s) says nothing once the account is not connected',
    (name) => {
      const words = lexicon();
      words.connections.account('Sim101', 2, { status: 'connectionLost', connection: null });
      expect(value({ item: name, value: 0 }, words)).toBeNull();
      expect(value({ item: name, value: 12.5 }, words)).toBe(125_000);
    },
  );

  it('of zero says nothing for an account that was never listed', () => {
    expect(value({ account: 'Sim999', value: 0 })).toBeNull();
  });

  it('beyond exact integers is refused', () => {
    expect(value({ value: 1e300 })).toBe('OUT_OF_RANGE');
  });

  it('the desk has no use for is left out', () => {
    const result = translateItem(sample.item({ item: 'lookAheadMargin' }), 1, lexicon());
    expect(result).toEqual({ ok: true, value: null });
  });
});

describe('who is connected', () => {
  it('is decided by the later word of account and connection', () => {
    const table = new ConnectionTable();
    table.connection('Rithmic', 1, 'connected');
    table.account('A', 2, { status: 'connected', connection: 'Rithmic' });
    expect(table.isConnected('A')).toBe(true);
    table.connection('Rithmic', 3, 'connectionLost');
    expect(table.isConnected('A')).toBe(false);
    table.account('A', 4, { status: 'connected', connection: 'Rithmic' });
    expect(table.isConnected('A')).toBe(true);
  });

  it('is never set back by a message that was overtaken', () => {
    const table = new ConnectionTable();
    table.account('A', 5, { status: 'disconnected', connection: null });
    table.account('A', 4, { status: 'connected', connection: null });
    expect(table.isConnected('A')).toBe(false);
  });
});

describe('an order', () => {
  const read = (more: Parameters<typeof sample.order>[0]) => {
    const result = translateOrder(sample.order(more), lexicon());
    return result.ok ? result.value : result.error;
  };

  it.each([
    ['buy', 'buy'],
    ['buyToCover', 'buy'],
    ['sell', 'sell'],
    ['sellShort', 'sell'],
  ] as const)('with action %s is a %s', (action, side) => {
    expect(read({ action })).toMatchObject({ side });
  });

  it.each([
    ['market', null, null],
    ['limit', 20_001, null],
    ['stopMarket', null, 20_002],
    ['stopLimit', 20_001, 20_002],
    ['mit', null, 20_002],
  ] as const)('of type %s keeps only the prices it uses', (orderType, limit, stop) => {
    expect(read({ orderType, limitPrice: 5_000.25, stopPrice: 5_000.5 })).toMatchObject({
      type: orderType === 'mit' ? 'marketIfTouched' : orderType,
      limit,
      stop,
    });
  });

  it('with a price between two ticks is refused, never rounded', () => {
    expect(read({ limitPrice: 5_000.3 })).toBe('OFF_TICK');
  });

  it("carries the platform's words for a refusal", () => {
    expect(read({ state: 'rejected', error: 'OrderRejected', comment: 'margin' })).toMatchObject({
      comment: 'OrderRejected: margin',
    });
  });
});

describe('an execution', () => {
  it('has commission and fee as one cost, to the ten-thousandth', () => {
    const result = translateExecution(sample.execution(), lexicon());
    expect(result).toMatchObject({ ok: true, value: { price: 20_001, cost: 24_400 } });
  });

  it('whose costs do not add up exactly is refused', () => {
    const huge = sample.execution({ commission: 9e11, fee: 9e11 });
    expect(translateExecution(huge, lexicon())).toEqual({ ok: false, error: 'OUT_OF_RANGE' });
  });

  it('with a price beyond any contract is refused', () => {
    const far = sample.execution({ price: 1e300 });
    expect(translateExecution(far, lexicon())).toEqual({ ok: false, error: 'OUT_OF_RANGE' });
  });
});

describe('instruments', () => {
  it.each([
    [{ tickSize: 0.25, pointValue: 50 }, 25_000_000, 125_000],
    [{ tickSize: 0.1, pointValue: 100 }, 10_000_000, 100_000],
    [{ tickSize: 0.015625, pointValue: 1_000 }, 1_562_500, 156_250],
    [{ tickSize: 0.0000005, pointValue: 12_500_000 }, 50, 62_500],
  ])('with terms %j are exact', (terms, tickSizeE8, tickValue) => {
    const learned = new InstrumentTable().learn(sample.instrument('X 12-26', terms));
    expect(learned).toMatchObject({ ok: true, value: { instrument: { tickSizeE8, tickValue } } });
  });

  it('are news once, and again when their terms change', () => {
    const table = new InstrumentTable();
    const changes = [{}, {}, { tickSize: 0.5 }, { tickSize: 0.5 }].map((terms) => {
      const learned = table.learn(sample.instrument('ES 12-26', terms));
      return learned.ok && learned.value.changed;
    });
    expect(changes).toEqual([true, false, true, false]);
  });

  it.each([
    [{ tickSize: 1e300 }, 'BAD_TICK_SIZE'],
    [{ tickSize: 1e-12 }, 'BAD_TICK_SIZE'],
    [{ pointValue: 1e300 }, 'BAD_POINT_VALUE'],
    [{ pointValue: 0.000001 }, 'BAD_POINT_VALUE'],
  ])('with terms %j are refused as %s', (terms, code) => {
    expect(new InstrumentTable().learn(sample.instrument('X', terms))).toEqual({
      ok: false,
      error: code,
    });
  });
});

describe('translation is total', () => {
  const anyName = 'ES 12-26';

  it('over any figures the schema lets through', () => {
    const words = lexicon();
    fc.assert(
      fc.property(
        fc.record({
          order: orderRecord,
          execution: executionRecord,
          position: positionRecord,
          item: accountItemRecord,
          quote: quoteRecord,
          bar: barRecord,
          instrument: instrumentRecord,
        }),
        (records) => {
          const known = { instrument: anyName };
          const results = [
            translateOrder({ ...records.order, ...known }, words),
            translateExecution({ ...records.execution, ...known }, words),
            translatePosition({ ...records.position, ...known }, 1, words),
            translateItem(records.item, 1, words),
            translateQuote({ ...records.quote, ...known }, words),
            translateBar({ ...records.bar, ...known, minutes: 1 }, words),
            words.instruments.learn({ ...records.instrument, fullName: 'other' }),
          ];
          for (const result of results) {
            if (result.ok) expectIntegers(result.value);
            else expect(typeof result.error).toBe('string');
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** No float, NaN or -0 gets past the translator. */
function expectIntegers(value: unknown): void {
  if (typeof value === 'number') {
    expect(Number.isSafeInteger(value)).toBe(true);
    expect(Object.is(value, -0)).toBe(false);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(expectIntegers);
  }
}
