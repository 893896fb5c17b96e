import { expect, it } from 'vitest';
import { accountFaults, passwordFault } from '../../../src/app/people/accountFaults.ts';

const NAMES = ['maria.lopez@nord.example', 'María López', 'Studio Nord'];

it.each([
  'grey heron over still water',
  'correct horse battery staple',
  '48151623421234567',
  'ein Fluß, zwei Brücken',
  '密码是很长的一句话没人猜得到',
  'x9$Lq2!mV7#p',
  'maria rides a tandem to town',
])('takes %j', (password) => {
  expect(passwordFault(password, NAMES)).toBeNull();
});

it.each([
  'password1234',
  'PASSWORD PASSWORD',
  'Passwort2026',
  'aaaaaaaaaaaaaaaa',
  'abababababababab',
  'maria.lopez123',
  'MariaLopezNord',
  'qwertyuiop1234',
  '123456789012',
  'letmein1234!',
  'stipplestipple',
])('refuses %j as one of the first guesses', (password) => {
  expect(passwordFault(password, NAMES)).toContain('first that would be guessed');
});

it('asks for twelve characters, counted as people see them, and at most two hundred', () => {
  expect(passwordFault('heron grey ', [])).toContain('at least 12');
  expect(passwordFault('😀😁😂🤣😃😄', [])).toContain('at least 12');
  expect(passwordFault('ab'.repeat(101), [])).toContain('at most 200');
});

it('names every field that is wrong', () => {
  const faults = accountFaults({ displayName: ' ', signInName: 'a b', password: 'short' }, []);
  expect(faults.map(({ field }) => field)).toEqual(['displayName', 'signInName', 'password']);
  const good = { displayName: 'Zoë', signInName: 'zoë@nord.example', password: 'grey heron over still water' };
  expect(accountFaults(good, [])).toEqual([]);
  expect(accountFaults({ ...good, displayName: 'Zoë\u0000' }, [])).toHaveLength(1);
});
