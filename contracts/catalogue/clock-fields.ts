/** Parameters of triggers that a clock drives. */
import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';

export const intervalUnits = ['seconds', 'minutes', 'hours', 'days'] as const;

export const unitOptions = {
  seconds: text('seconds', 'segundos'),
  minutes: text('minutes', 'minutos'),
  hours: text('hours', 'horas'),
  days: text('days', 'dias'),
};

const milliseconds = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export function intervalMs({ every, unit }: { every: number; unit: (typeof intervalUnits)[number] }): number {
  return every * milliseconds[unit];
}

/** How often a trigger asks. */
export const askEvery = {
  every: field(z.int().min(1).max(100_000).default(5), { label: text('Ask every', 'Consultar a cada') }),
  unit: field(z.enum(intervalUnits).default('minutes'), {
    label: text('Unit', 'Unidade'),
    options: unitOptions,
  }),
};
