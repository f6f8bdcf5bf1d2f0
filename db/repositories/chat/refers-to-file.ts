/** Which messages hold a file, as an index answers it (`messages_by_file`): its expression has to stand here word for word. */

/** @param file parameter or column with the file's id, `m` is the message */
export function refersToFile(file: string, m = 'messages'): string {
  return `jsonb_path_query_array(${m}.parts, '$[*].file') @> to_jsonb(${file}::text)`;
}
