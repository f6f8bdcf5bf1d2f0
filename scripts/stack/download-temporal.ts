/**
 * Lets the SDK download the Temporal CLI into a folder: `node download-temporal.ts <folder> <version>`.
 * A program of its own, because the download runs in native code that only the end of the process can stop.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [downloadDir, version] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, version } },
});
await environment.teardown();
