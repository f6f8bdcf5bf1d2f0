import { defineEntity, p } from '@mikro-orm/core';

/** Requests counted in the current window of a budget, in the columns that rate-limiter-flexible writes. */
export const RateLimit = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limits',
  properties: {
    key: p.text().primary(),
    points: p.integer(),
    /** End of the window, in milliseconds since 1970. */
    expire: p.bigint('number').nullable(),
  },
});
