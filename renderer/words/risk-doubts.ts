import type { RiskView } from '../../shared/protocol/ipc/risk-view.ts';
import { moneyText } from '../format/money-text.ts';

/** Everything that makes the distance to the floor less certain than it looks, in sentences. */
export function riskDoubts(risk: RiskView, currency: string): readonly string[] {
  const { severity, reason, midCycle, figureDoubt, protection } = risk;
  return [
    ...(severity === 'ok' || reason === '' ? [] : [reason]),
    ...(figureDoubt === '' ? [] : [`Not acted on now: ${figureDoubt}`]),
    ...(midCycle
      ? ['Taken over in mid-cycle: an earlier peak is not known, so the floor may be higher.']
      : []),
    ...floorDoubt(risk, currency),
    ...(protection === null || protection.reason === '' ? [] : [protection.reason]),
    ...rulesDoubt(risk),
  ];
}

function floorDoubt({ brokerFloor, floorDisagreement }: RiskView, currency: string): string[] {
  if (brokerFloor === null || floorDisagreement === null || floorDisagreement === 0) return [];
  const own = moneyText(brokerFloor - floorDisagreement, currency);
  const theirs = moneyText(brokerFloor, currency);
  const counts = floorDisagreement > 0 ? 'broker\u2019s' : 'computed';
  return [
    `The broker says the floor is ${theirs}; the rules give ${own}. The ${counts} one is higher and counts.`,
  ];
}

function rulesDoubt({ rules }: RiskView): string[] {
  if (rules === null) return [];
  const checked =
    rules.checkedOn === null
      ? 'When these rules were checked is not known.'
      : `These rules were last checked on ${rules.checkedOn}, long ago.`;
  return [
    ...(rules.confidence === 'low'
      ? ['Some of these rules are not sure. Compare them with your agreement.']
      : []),
    ...(rules.isOld ? [`${checked} The firm may have changed them.`] : []),
  ];
}
