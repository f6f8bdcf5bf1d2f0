import type { RunWriter } from '../../db/index.ts';

/**
 * Writes the run events that this process has told but not stored yet, so that a reader never sees less than a listener was told. A
 * database that can't take them now is no reason to refuse the read.
 */
export async function writeWhatIsKnown(writer: RunWriter): Promise<void> {
  if (writer.pending > 0) await writer.flush().catch(() => undefined);
}
