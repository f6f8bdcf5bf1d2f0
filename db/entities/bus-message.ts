import { defineEntity, p } from '@mikro-orm/core';
import type { BusMessage as Message } from '../../contracts/bus.ts';

/** A bus message too large for NOTIFY: listeners fetch it by id. Rows live for minutes. */
export const BusMessage = defineEntity({
  name: 'BusMessage',
  tableName: 'bus_messages',
  properties: {
    id: p.text().primary(),
    message: p.json().$type<Message>(),
    createdAt: p.datetime(3).index('bus_messages_by_age'),
  },
});
