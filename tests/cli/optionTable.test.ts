import { expect, it } from 'vitest';
import { optionsHelp } from '../../src/cli/optionTable.ts';

it('lists options in columns, long names in their own width, texts of several lines under themselves', () => {
  const help = optionsHelp({
    cup: { type: 'string', value: 'ML', text: 'cup size' },
    'card-corners': { type: 'string', value: '"x,y x,y x,y"', text: 'outer corners' },
    hair: { type: 'string', text: 'one\nother' },
    goal: { type: 'string', value: 'a|b', text: '' },
    help: { type: 'boolean' },
  });
  expect(help.split('\n')).toEqual([
    '  --cup ML               cup size',
    '  --card-corners "x,y x,y x,y"   outer corners',
    '  --hair                 one',
    '                         other',
    '  --goal a|b',
  ]);
});
