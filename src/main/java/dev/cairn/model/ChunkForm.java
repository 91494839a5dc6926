package dev.cairn.model;

import static dev.cairn.model.Sizes.require;
import static dev.cairn.model.Sizes.requirePositive;

import java.util.stream.IntStream;

/**
 * What a model keeps of a chunk: the keys and values of its tokens, and a landmark that it is found
 * by. All that storage, recall and ingest know of a model's form.
 *
 * <p>Axes of keys and values: (layers, 2, heads, S, e).
 *
 * @param size S, tokens of a chunk
 * @param layers whose keys and values are kept
 * @param heads key-value heads of each
 * @param headDim e
 * @param landmarkDim r, numbers of a landmark; 0 when there is none
 */
public record ChunkForm(int size, int layers, int heads, int headDim, int landmarkDim) {

  /**
   * @throws IllegalArgumentException when the numbers do not fit each other
   */
  public ChunkForm {
    requirePositive("chunk_size", size);
    requirePositive("layers of a chunk", layers);
    requirePositive("memory_kv_heads", heads);
    requirePositive("head_dim", headDim);
    require(landmarkDim >= 0, "retrieval_dim must not be negative");
    require(
        2L * Short.BYTES * layers * heads * headDim < Integer.MAX_VALUE / size,
        "memory_kv_heads, head_dim and chunk_size make a chunk of more than 2 GiB");
  }

  /** Numbers of the keys and values of a chunk. */
  public int numbers() {
    return 2 * layers * heads * size * headDim;
  }

  /**
   * Where the numbers of a token begin among those of a chunk.
   *
   * @param values 0 for the key, 1 for the value
   */
  public int place(int layer, int values, int head, int token) {
    return (((2 * layer + values) * heads + head) * size + token) * headDim;
  }

  /** Bytes of the keys and values of a chunk as the model gives them, in BF16. */
  public int bytes() {
    return numbers() * Short.BYTES;
  }

  /** Chunks that so many tokens are cut into. */
  public int chunks(int tokens) {
    return Math.ceilDiv(tokens, size);
  }

  /** How many of so many tokens stand in a chunk: S, except in the last one. */
  public int validTokens(int chunk, int tokens) {
    return Math.min(size, tokens - chunk * size);
  }

  /** The same of all chunks. */
  public int[] validTokens(int tokens) {
    return IntStream.range(0, chunks(tokens)).map(chunk -> validTokens(chunk, tokens)).toArray();
  }
}
