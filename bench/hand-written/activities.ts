import { Agent, request } from 'undici';

const dispatcher = new Agent({ keepAliveTimeout: 30_000 });

export const activities = {
  async get(url: string): Promise<unknown> {
    const response = await request(url, { dispatcher });
    return await response.body.json();
  },
};
