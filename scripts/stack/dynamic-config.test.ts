import { describe, expect, it } from '@jest/globals';
import { dynamicConfigFlags, parseDynamicConfig } from './dynamic-config.ts';

describe('dynamic config', () => {
  it('turns the checked-in file into flags, with the settings that speed and fairness depend on', () => {
    const flags = dynamicConfigFlags();
    for (const setting of [
      'history.transferProcessorMaxPollRPS=2000',
      'history.timerProcessorMaxPollRPS=2000',
      'matching.useNewMatcher=true',
      'matching.enableFairness=true',
      'matching.numTaskqueueReadPartitions=1',
      'matching.numTaskqueueWritePartitions=1',
      'system.enableActivityEagerExecution=true',
    ]) {
      expect(flags[flags.indexOf(setting) - 1]).toBe('--dynamic-config-value');
    }
  });

  it.each([
    ['a constraint, which the dev server cannot take', 'a.b:\n  - value: 1\n    constraints: {}\n'],
    ['a key without a value', 'a.b:\n'],
    ['a key whose value is missing', 'a.b:\nc.d:\n  - value: 1\n'],
    ['text where a number or a boolean belongs', 'a.b:\n  - value: yes\n'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseDynamicConfig(text)).toThrow(/dynamic-config\.yaml/);
  });
});
