import addressParser from 'nodemailer/lib/addressparser/index.js';
import { StepFailure } from '../../contracts/effect.ts';

export interface MailAddress {
  name: string;
  address: string;
}

const most = 500;

/** Reads `Ana <ana@example.com>, ze@example.com`. @throws StepFailure `bad-address`, naming field and address */
export function addressesOf(text: string, field: string): MailAddress[] {
  const found = addressParser(text, { flatten: true }).filter(
    ({ name, address }) => name !== '' || address !== '',
  );
  for (const { name, address } of found) if (!isAddress(address)) throw badAddress(field, address || name);
  if (found.length > most) throw tooMany(field, found.length);
  return found;
}

function isAddress(address: string): boolean {
  return /^[^\s@<>,;:]+@[^\s@<>,;:]+$/.test(address);
}

function badAddress(field: string, address: string): StepFailure {
  return new StepFailure({
    code: 'bad-address',
    message: `"${address.slice(0, 100)}" in the field "${field}" is no mail address.`,
    hint: 'As in ana@example.com or Ana <ana@example.com>; several are separated by commas.',
  });
}

function tooMany(field: string, count: number): StepFailure {
  return new StepFailure({
    code: 'too-many-recipients',
    message: `The field "${field}" names ${count} addresses; a mail takes at most ${most}.`,
    hint: 'Make an item for each recipient, so that each gets a mail of their own.',
  });
}
