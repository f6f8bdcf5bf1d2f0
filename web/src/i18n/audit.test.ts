import { expect, it } from '@jest/globals';
import { actions } from '../../../contracts/access/actions.ts';
import { auditResourceTexts } from './audit.ts';

it('what a refused action was about has a name', () => {
  const types = new Set(Object.keys(actions).map((action) => action.split('.')[0]!));
  expect([...types].filter((type) => !(type in auditResourceTexts))).toEqual([]);
});
