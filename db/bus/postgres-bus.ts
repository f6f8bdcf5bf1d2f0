import type { Bus } from '../../contracts/bus.ts';
import type { Log } from '../log.ts';

export interface PostgresBusOptions {
  log?: Log | undefined;
  /** NOTIFY channel, default `hiviex`. */
  channel?: string | undefined;
}

export declare function createPostgresBus(url: string, options?: PostgresBusOptions): Promise<Bus>;
