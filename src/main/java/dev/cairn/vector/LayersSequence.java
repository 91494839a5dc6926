package dev.cairn.vector;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.LaidOutChunks;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One prompt and its answer on their way through a pretrained decoder. In layers below m they stand
 * behind the prefix, from m on behind the chunks that were chosen for them.
 *
 * <p>Axes: P tokens of the prefix.
 */
final class LayersSequence implements DecodedSequence {

  private final Layers form;
  private final int[] prompt;
  private final int mostTokens;
  private final ReadMeter memory;
  private final CausalText lower;
  private final CausalText upper;
  private final int prefixTokens; // P
  private @Nullable LaidOutChunks laidOut;

  /**
   * @param mostTokens of prompt and answer together
   */
  LayersSequence(LayersNetwork network, int[] prompt, int mostTokens, ChunkMemory chunks) {
    this.form = network.form();
    this.prompt = prompt;
    this.mostTokens = mostTokens;
    this.memory = new ReadMeter(chunks);
    this.prefixTokens = network.prefix().filled();
    HeadLayout heads = form.decoder().heads();
    lower = CausalText.behind(network.prefix(), heads, 0, form.memoryStart());
    upper = CausalText.behind(network.prefix(), heads, form.memoryStart(), form.layers());
  }

  ReadMeter memory() {
    return memory;
  }

  int[] prompt() {
    return prompt;
  }

  CausalText lower() {
    return lower;
  }

  CausalText upper() {
    return upper;
  }

  boolean hasChosen() {
    return laidOut != null;
  }

  /** How many chunks it may read, so that all it sees has a position. */
  int limit() {
    return form.chunksBeside(prefixTokens + mostTokens);
  }

  /** What was laid out in the upper text. */
  void chose(LaidOutChunks chunks) {
    laidOut = chunks;
  }

  MemoryMass newMass() {
    int heads = form.decoder().heads().keyValueHeads();
    return new MemoryMass(heads, prefixTokens, chunks().tokens());
  }

  private LaidOutChunks chunks() {
    return Objects.requireNonNull(laidOut);
  }

  /** What a token read, of what its attention added up to. */
  Reading reading(MemoryMass mass) {
    int count = (form.layers() - form.memoryStart()) * form.decoder().heads().heads();
    return chunks().reading(mass.mean(count), form.chunk().size());
  }

  @Override
  public ReadMeter.Use use() {
    return memory.use();
  }
}
