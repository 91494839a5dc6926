package dev.cairn.model;

import static dev.cairn.model.Sizes.require;

/**
 * Chunks that follow each other in a memory, at least one.
 *
 * @param first number of the first one
 * @param end the number behind the last one
 */
public record ChunkRange(int first, int end) {

  public ChunkRange {
    require(0 <= first && first < end, "no chunks from %d to %d".formatted(first, end));
  }
}
