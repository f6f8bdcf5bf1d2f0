/** Texts and vectors that behave like real ones, the same in every run: topics that vectors lie around, words of which few are common. */

export interface MadeUp {
  vector(topic: number): Float32Array;
  text(words: number): string;
  /** 0 or more, below `n`. */
  below(n: number): number;
}

/** What vectors of real texts vary in: far less than they have numbers. With that many freely chosen ones, nothing is near anything. */
const latent = 32;
export const topics = 200;
const vocabulary = 20_000;
const stopWords = 100;

export function createMadeUp(dimensions: number, seed = 1): MadeUp {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const gauss = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const draw = (length: number) => Float32Array.from({ length }, gauss);
  const basis = Array.from({ length: latent }, () => draw(dimensions));
  const centres = Array.from({ length: topics }, () => draw(latent));
  return {
    below: (n) => Math.floor(random() * n),

    vector(topic) {
      const vector = Float32Array.from({ length: dimensions }, () => gauss() * 0.8);
      for (const [at, direction] of basis.entries()) {
        const weight = centres[topic]![at]! + gauss() * 0.6;
        for (let n = 0; n < dimensions; n++) vector[n]! += direction[n]! * weight;
      }
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    },

    // The k-th word comes about 1/k as often as the first. The most common hundred are what a language's stop words are.
    text: (words) =>
      Array.from(
        { length: words },
        () => `w${Math.floor(stopWords * Math.exp(random() * Math.log(vocabulary / stopWords)))}x`,
      ).join(' '),
  };
}
