/** Who makes a request, and for which workspace. The credential decides both. */
export type Principal = { by: 'key'; workspace: string } | { by: 'session'; workspace: string; user: string };
