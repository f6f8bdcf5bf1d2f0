/**
 * The part of the WebAssembly API that the sandbox uses. TypeScript has its types only in the browser's library, which is here or not
 * as some package's types happen to ask for it: ours fit both.
 */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
  toFixedLengthBuffer(): ArrayBuffer;
  toResizableBuffer(): ArrayBuffer;
}

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<object>;
  /** Sizes in pages of 64 KB. */
  Memory: new (size: {
    initial: number;
    maximum: number;
  }) => WebAssemblyMemory;
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
