/**
 * The hand-written service: Express, client and worker in one process on one connection, eager workflow start, local activity.
 * Prints its port when it is ready.
 */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import express from 'express';
import { activities } from './activities.ts';
import type { edit, loop, order, sequence } from './workflows.ts';

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, shutdownSignals: [] });
const taskQueue = 'hand-written';
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS! });
const client = new Client({ connection });
const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle });
const done = worker.run();

const stub = process.env.STUB_URL!;
const options = () => ({ taskQueue, workflowId: randomUUID(), requestEagerStart: true });
const app = express();
app.use(express.json({ limit: '1mb' }));
app.post('/w1', async (request, response) => {
  const handle = await client.workflow.start<typeof order>('order', {
    ...options(),
    args: [request.body, stub],
  });
  response.json(await handle.result());
});
app.post('/w2', async (request, response) => {
  const handle = await client.workflow.start<typeof order>('order', {
    ...options(),
    args: [request.body, stub],
  });
  response.status(202).json({ run: handle.workflowId });
});
app.post('/edit', async (request, response) => {
  response.json(await client.workflow.execute<typeof edit>('edit', { ...options(), args: [request.body] }));
});
app.post('/loop', async (request, response) => {
  response.json(await client.workflow.execute<typeof loop>('loop', { ...options(), args: [request.body] }));
});
app.post('/w4', async (request, response) => {
  const args: [string, number] = [stub, request.body.count];
  response.json(await client.workflow.execute<typeof sequence>('sequence', { ...options(), args }));
});
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`port ${(server.address() as AddressInfo).port}`),
);

process.once('SIGTERM', async () => {
  server.close();
  worker.shutdown();
  await done;
  process.exit(0);
});
