import { expect, it } from '@jest/globals';
import { toolNames } from './tool-names.ts';

it('makes names that clients take, each once', () => {
  const names = [
    ['01AAAAAAAAAAAA', 'Consultar preço!', ''],
    ['01BBBBBBBBBBBB', 'test_simple_text', ''],
    ['01CCCCCCCCCCCC', 'Twin', ''],
    ['01DDDDDDDDDDDD', 'Twin.', ''],
    ['01EEEEEEEEEEEE', '日本語', ''],
    ['01FFFFFFFFFFFF', 'Twin', 'ask_'],
    ['01GGGGGGGGGGGG', 'x'.repeat(100), 'ask_'],
  ].map(([id = '', name = '', prefix = '']) => ({ id, name, prefix }));
  expect(toolNames(names)).toEqual([
    'Consultar_preco',
    'test_simple_text',
    'Twin_cccccccc',
    'Twin_dddddddd',
    'eeeeeeee',
    'ask_Twin',
    `ask_${'x'.repeat(48)}`,
  ]);
});
