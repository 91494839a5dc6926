package dev.cairn.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The last tokens of a document before the block that is encoded next, as many as it may see. */
public final class RunUp {

  private final int most;
  private int[] tokens = {};

  public RunUp(Layers form) {
    most = form.blocks().runUpTokens();
  }

  /** Goes over the next tokens. */
  public void pass(int... ids) {
    int[] all = before(ids);
    tokens = Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length);
  }

  /** How many stand before the block. */
  public int count() {
    return tokens.length;
  }

  /** Not to be changed. */
  public int[] tokens() {
    return tokens;
  }

  /** The run-up and the tokens of a block behind it. */
  public int[] before(int... ids) {
    return IntStream.concat(IntStream.of(tokens), IntStream.of(ids)).toArray();
  }
}
