import { defineEntity, p } from '@mikro-orm/core';

/** How far a reader of the records came, and which process reads now. */
export const Watermark = defineEntity({
  name: 'Watermark',
  tableName: 'watermarks',
  properties: {
    name: p.text().primary(),
    /** The transaction whose rows were read last, and the last row of it. */
    position: p.bigint(),
    last: p.text(),
    holder: p.text(),
    heldUntil: p.datetime(3),
  },
});
