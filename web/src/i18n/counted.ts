/** A text whose words follow a number: `t(runsText.steps, { count: 1 })`. Which form a number takes is the language's own rule. */
import { type Text, text } from '../../../contracts/text.ts';

export interface CountedText {
  one: Text;
  other: Text;
}

type Forms = readonly [one: string, other: string];

/** `counted(['{count} step', '{count} steps'], ['{count} passo', '{count} passos'])` */
export function counted(en: Forms, pt: Forms): CountedText {
  return { one: text(en[0], pt[0]), other: text(en[1], pt[1]) };
}
