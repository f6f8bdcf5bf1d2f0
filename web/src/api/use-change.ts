/** A change on the server after which what these queries know is asked for again. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

export function useChange<Input = void, Output = void>(
  change: (input: Input) => Promise<Output>,
  ...stale: QueryKey[]
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Refused too: what was shown may be why.
    onSettled: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
