package dev.cairn.model;

import java.util.Arrays;

/**
 * One prompt and its answer on their way through the step decoder: the windows of all layers and
 * the chunks that it reads.
 */
final class StepSequence implements DecodedSequence, TokenWindows {

  private static final int FIRST_CAPACITY = 64;

  private final ModelConfig config;
  private final SequenceMemory memory;
  private final StepWindow[] windows;
  private int capacity = FIRST_CAPACITY;
  private int filled;
  private int position;

  StepSequence(ModelConfig config, ChunkMemory chunks) {
    this.config = config;
    this.memory = new SequenceMemory(chunks);
    this.windows = new StepWindow[config.lowerLayers() + config.upperLayers()];
    Arrays.setAll(windows, layer -> new StepWindow(config, capacity));
  }

  SequenceMemory memory() {
    return memory;
  }

  @Override
  public StepWindow window(int layer) {
    return windows[layer];
  }

  /** The position of the next token, counted from the first one. */
  int position() {
    return position;
  }

  /** The slot of the next token. */
  int slot() {
    return filled;
  }

  @Override
  public int firstSeen(int slot) {
    return Math.max(0, slot - config.slidingWindow() + 1);
  }

  @Override
  public int endSeen(int slot) {
    return slot + 1;
  }

  /** Makes room for new tokens; what no later token sees may go. */
  void reserve(int tokens) {
    if (filled + tokens <= capacity) {
      return;
    }
    int unseen = Math.max(0, filled - config.slidingWindow() + 1);
    int first = unseen - unseen % StepWindow.BLOCK;
    int kept = filled - first;
    capacity = Math.max(kept + tokens, Math.min(2 * capacity, 2 * config.slidingWindow()));
    for (StepWindow window : windows) {
      window.keep(first, filled, capacity);
    }
    filled = kept;
  }

  /** The tokens stand in all windows now. */
  void advance(int tokens) {
    filled += tokens;
    position += tokens;
  }

  @Override
  public SequenceMemory.Use use() {
    return memory.use();
  }
}
