import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonoMs } from '../../../kernel/clock.ts';
import { money, type Money } from '../../money/money.ts';
import {
  COURSE_POLICY,
  courseWakeAt,
  figuresOf,
  NO_COURSE,
  passedCourse,
  pricedFigures,
  toldFigures,
  type FigureCourse,
} from './figure-course.ts';

const CASH = 50_000;
/** Four contracts of 12.50 a tick. */
const TICK = 50;

/** Reports over two seconds: a wrong word of before may have to be undone, and words may be late for one second. */
const STEADY = 40;

const usd = (amount: number): Money => money(amount * 10_000);
const at = (ms: number): MonoMs => ms as MonoMs;

type Step =
  /** The broker's equity; `cash` is what it was unless given, `open` what prices say at that moment, in ticks. */
  | { readonly told: number; readonly cash?: number; readonly open?: number; readonly fill?: true }
  /** The open result by prices, in ticks; null cannot be computed. */
  | { readonly price: number | null }
  | { readonly passed: true };

/** Plays steps at their times, in order; the desk's price stays what it was last. */
function play(steps: readonly (readonly [number, Step])[], from = NO_COURSE): FigureCourse {
  let course = from;
  let open: number | null = 0;
  for (const [ms, step] of steps) {
    if ('price' in step) open = step.price;
    if ('told' in step && step.open !== undefined) open = step.open;
    const now = { open: open === null ? null : usd(open * TICK), tick: TICK * 10_000 };
    if ('told' in step) {
      const told = { equity: usd(step.told), balance: usd(step.cash ?? CASH) };
      const heard = { told, now, isSettling: step.fill === true };
      course = toldFigures(course, heard, COURSE_POLICY, at(ms));
    } else if ('price' in step) {
      course = pricedFigures(course, now, COURSE_POLICY, at(ms));
    } else {
      course = passedCourse(course, COURSE_POLICY, at(ms));
    }
  }
  return course;
}

/** Equity in whole units as it is judged at a time. */
function equityAt(ms: number, course: FigureCourse): number | null {
  const figures = figuresOf(course, COURSE_POLICY, at(ms));
  return figures === null ? null : figures.equity / 10_000;
}

const BEGUN = play([
  [0, { told: CASH }],
  [100, { price: 0 }],
]);

describe('the course of the figures', () => {
  const rows: readonly (readonly [string, readonly (readonly [number, Step])[], number | null])[] =
    [
      [
        'follows prices step by step',
        [
          [200, { price: -4 }],
          [300, { price: -9 }],
        ],
        49_550,
      ],
      [
        'takes the word of the broker that agrees',
        [
          [200, { price: -4 }],
          [250, { told: 49_780 }],
        ],
        49_780,
      ],
      [
        'leaves a price that was never again',
        [
          [200, { price: -60 }],
          [260, { price: -1 }],
          [900, { passed: true }],
        ],
        49_950,
      ],
      [
        'believes a price that stood for 250 ms',
        [
          [200, { price: -60 }],
          [449, { passed: true }],
          [450, { passed: true }],
        ],
        47_000,
      ],
      [
        'waits until it stood',
        [
          [200, { price: -60 }],
          [449, { passed: true }],
        ],
        50_000,
      ],
      [
        'leaves a figure that was never again',
        [
          [200, { told: 45_000 }],
          [300, { told: 50_000 }],
          [900, { passed: true }],
        ],
        50_000,
      ],
      [
        'goes on by prices beside it',
        [
          [200, { told: 45_000 }],
          [300, { price: -8 }],
        ],
        49_600,
      ],
      [
        'believes a figure that stood for 250 ms',
        [
          [200, { told: 45_000 }],
          [450, { passed: true }],
        ],
        45_000,
      ],
      [
        'begins to wait anew on the other side',
        [
          [200, { told: 45_000 }],
          [400, { told: 55_000 }],
          [500, { passed: true }],
        ],
        50_000,
      ],
      [
        'leaves one bad print that is told twice',
        [
          [200, { price: -60 }],
          [210, { told: 47_000 }],
          [300, { price: 0 }],
          [310, { told: 50_000 }],
          [900, { passed: true }],
        ],
        50_000,
      ],
      [
        'counts a true fall that both tell once',
        [
          [200, { price: -60 }],
          [210, { told: 47_000 }],
          [450, { passed: true }],
        ],
        47_000,
      ],
      [
        'needs another price once the broker denied it',
        [
          [200, { price: -60 }],
          [300, { told: 50_000 }],
          [900, { passed: true }],
        ],
        50_000,
      ],
      [
        'and takes the next one for its proof',
        [
          [200, { price: -60 }],
          [300, { told: 50_000 }],
          [500, { price: -60 }],
        ],
        47_000,
      ],
      [
        'goes on behind zeros',
        [
          [200, { told: 0, cash: 0 }],
          [300, { price: -8 }],
          [2_000, { price: -16 }],
        ],
        49_200,
      ],
      [
        'does not know any more when zeros last',
        [
          [200, { told: 0, cash: 0 }],
          [3_200, { price: -1 }],
        ],
        null,
      ],
      [
        'does not take cash of 0 for its own',
        [
          [200, { told: 50_000, cash: 0 }],
          [900, { passed: true }],
        ],
        50_000,
      ],
      [
        'comes back after zeros',
        [
          [200, { told: 0 }],
          [4_000, { told: 49_990 }],
        ],
        49_990,
      ],
      ['believes a larger step after silence', [[2_000, { price: -30 }]], 48_500],
      [
        'does not count a fall twice that prices tell after the broker',
        [
          [2_000, { told: 48_500 }],
          [2_010, { price: -30 }],
        ],
        48_500,
      ],
      [
        'takes a fill for what it is',
        [
          [200, { told: 49_980, cash: 49_990, open: -1, fill: true }],
          [300, { price: -3 }],
        ],
        49_880,
      ],
      [
        'goes by the broker alone without prices',
        [
          [200, { price: null }],
          [300, { told: 49_700 }],
        ],
        49_700,
      ],
    ];
  it.each(rows)('%s', (_name, steps, equity) => {
    const last = steps.at(-1)?.[0] ?? 0;
    expect(equityAt(last, play(steps, BEGUN))).toBe(equity);
  });

  it('is not held back by a word of before that is told again and again', () => {
    const slide = Array.from({ length: 30 }, (_, n) => [
      [300 + n * 100, { price: -n }] as const,
      [310 + n * 100, { told: CASH }] as const,
    ]).flat();
    expect(equityAt(3_300, play([[250, { told: CASH }], ...slide], BEGUN))).toBe(CASH - 29 * TICK);
  });

  it('is not held back by it between words that are right', () => {
    const slide = Array.from({ length: 30 }, (_, n) => [
      [300 + n * 100, { price: -n }] as const,
      [310 + n * 100, { told: n % 10 === 9 ? CASH - n * TICK : CASH }] as const,
    ]).flat();
    const course = play([[250, { told: CASH }], ...slide], BEGUN);
    expect(equityAt(3_300, course)).toBe(CASH - 29 * TICK);
  });

  it('is not held back by words that are half a second late', () => {
    const slide = Array.from({ length: 30 }, (_, n) => [
      [300 + n * 100, { price: -n }] as const,
      [310 + n * 100, { told: CASH - Math.max(0, n - 5) * TICK }] as const,
    ]).flat();
    expect(equityAt(3_300, play(slide, BEGUN))).toBe(CASH - 29 * TICK);
  });

  it('lets a word that gives room stand longer than one that takes it, while prices come', () => {
    const word = (off: number) => play([[300, { told: CASH + off * TICK }]], BEGUN);
    expect(courseWakeAt(word(-60), COURSE_POLICY)).toBe(550);
    expect(courseWakeAt(word(60), COURSE_POLICY)).toBe(1_800);
    const blind = play([[200, { price: null }]], BEGUN);
    expect(courseWakeAt(play([[300, { told: CASH + 3_000 }]], blind), COURSE_POLICY)).toBe(550);
    const better = {
      told: { equity: usd(CASH + 800), balance: usd(CASH + 800) },
      isSettling: false,
    };
    const heard = { ...better, now: { open: usd(0), tick: 0 } };
    const flat = toldFigures({ ...BEGUN, tick: 0 }, heard, COURSE_POLICY, at(300));
    expect(courseWakeAt(flat, COURSE_POLICY)).toBe(550);
  });

  it('follows a word that no price of late explains', () => {
    const steps = [
      [300, { price: -4 }],
      [400, { told: CASH - 6 * TICK }],
      [500, { told: CASH + 2 * TICK }],
    ] as const;
    expect(equityAt(400, play(steps.slice(0, 2), BEGUN))).toBe(CASH - 6 * TICK);
    expect(equityAt(500, play(steps, BEGUN))).toBe(CASH + 2 * TICK);
  });

  it('keeps as little of the prices of before after a day as after a second', () => {
    let course = BEGUN;
    for (let n = 1; n < 5_000; n += 1) course = play([[n * 300, { price: n % 9 }]], course);
    expect(JSON.stringify(course).length).toBeLessThan(600);
  });

  it('doubts a first figure that cash and prices contradict', () => {
    const course = play([[0, { told: 45_000 }]]);
    expect(course.believed).toBeNull();
    expect(equityAt(0, course)).toBe(45_000);
    expect(courseWakeAt(course, COURSE_POLICY)).toBe(250);
    expect(play([[250, { passed: true }]], course).believed?.equity).toBe(usd(45_000));
  });

  it('says when time alone changes it, and never for a zero', () => {
    expect(courseWakeAt(BEGUN, COURSE_POLICY)).toBeNull();
    expect(courseWakeAt(play([[200, { price: -60 }]], BEGUN), COURSE_POLICY)).toBe(450);
    expect(courseWakeAt(play([[200, { told: 0 }]], BEGUN), COURSE_POLICY)).toBeNull();
  });
});

describe('whatever is told', () => {
  const step = fc.oneof(
    fc.integer({ min: -200, max: 200 }).map((price): Step => ({ price })),
    fc.integer({ min: 30_000, max: 70_000 }).map((told): Step => ({ told })),
    fc.constant<Step>({ told: 0, cash: 0 }),
    fc.constant<Step>({ passed: true }),
  );
  const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), step), { maxLength: 30 });

  it('a step that is too large is never believed before 250 ms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 500 }), fc.boolean(), (ticks, isFall) => {
        const off = isFall ? -ticks : ticks;
        const priced = play(
          [
            [200, { price: off }],
            [449, { passed: true }],
          ],
          BEGUN,
        );
        expect(equityAt(449, priced)).toBe(CASH);
      }),
    );
  });

  it('is woken when the doubt ends, whatever fraction of a millisecond it began at', () => {
    const began = fc.double({ min: 200, max: 1e7, noNaN: true });
    const doubts = fc.constantFrom<Step>({ price: -60 }, { told: CASH - 60 * TICK });
    fc.assert(
      fc.property(began, doubts, (since, doubt) => {
        const course = play([[since, doubt]], BEGUN);
        const wakeAt = courseWakeAt(course, COURSE_POLICY) ?? since;
        const woken = passedCourse(course, COURSE_POLICY, at(wakeAt));
        expect(courseWakeAt(woken, COURSE_POLICY)).toBeNull();
        expect(equityAt(wakeAt, woken)).toBe(CASH - 60 * TICK);
      }),
    );
  });

  it('comes to the truth once both sources tell it as it moves', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -80, max: 80 }), (steps, ticks) => {
        let now = 200;
        const timed = steps.map(([after, one]) => [(now += after), one] as const);
        const truth = Array.from({ length: STEADY }, (_, n) => ticks + (n % 2)).flatMap(
          (price, n) => [
            [now + 1 + n * 50, { price }] as const,
            [now + 2 + n * 50, { told: CASH + price * TICK }] as const,
          ],
        );
        const course = play([...timed, ...truth], BEGUN);
        const last = ticks + ((STEADY - 1) % 2);
        expect(equityAt(now + STEADY * 50, course)).toBe(CASH + last * TICK);
      }),
      { numRuns: 2_000 },
    );
  });
});
