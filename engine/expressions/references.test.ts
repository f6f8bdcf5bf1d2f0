import { describe, expect, it } from '@jest/globals';
import { mentionedVariables } from './references.ts';

describe('mentionedVariables', () => {
  it.each([
    [{ url: '={{ $vars.HOST }}/x', list: [{ value: '={{ $vars["KEY"] + $vars?.HOST }}' }] }, ['HOST', 'KEY']],
    [{ a: "={{ $vars [ 'A_1' ] }}", b: '={{ $vars\n  .B }}' }, ['A_1', 'B']],
    [{ a: '={{ $json.$vars.x }}', b: '={{ my$vars.y + $varsity.z }}', c: 'vars.q' }, []],
    [{ a: '={{ $vars[$json.name] }}' }, 'all'],
    [{ a: '={{ Object.keys($vars) }}', b: '={{ $vars.A }}' }, 'all'],
    [{ a: '={{ $vars[`A` + 1] }}' }, 'all'],
    [{ n: 1, nothing: null }, []],
  ])('of %j', (parameters, mentioned) => {
    expect(mentionedVariables(parameters)).toEqual(mentioned);
  });
});
