/** Zod compiles validators with `new Function` unless told not to, which the page's Content-Security-Policy forbids. Must be the first import. */
import { z } from 'zod';

z.config({ jitless: true });
