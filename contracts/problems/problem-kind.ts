import type { Text } from '../text.ts';

/** What happened and what to do next. `{name}` is filled from the problem's values. */
export interface ProblemKind {
  /** Of the answer by HTTP. */
  status: number;
  title: Text;
  next: Text;
}
