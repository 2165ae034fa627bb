import type { StaticFloorRule } from '../rule.ts';
import { noMemory, type NoMemory, type RuleModule } from './module.ts';
import { floorReadings, judgeRoom } from './room.ts';

/** F is a constant. */
export const staticFloor: RuleModule<StaticFloorRule, NoMemory> = {
  start: noMemory,
  judge(rule, _memory, { book, ladder }) {
    const { equity, low } = book.figures;
    return judgeRoom(
      { level: low, floor: rule.floor, amount: rule.amount, operator: rule.operator },
      {
        basis: 'equity against a fixed floor',
        name: 'The fixed floor',
        readings: floorReadings(equity, rule.floor),
        doubt: '',
      },
      ladder,
    );
  },
};
