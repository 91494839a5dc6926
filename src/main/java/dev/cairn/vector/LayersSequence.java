package dev.cairn.vector;

import dev.cairn.model.ChunkChoice;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers;
import dev.cairn.model.ReadMeter;
import dev.cairn.model.Reading;
import dev.cairn.model.ReadingBuilder;
import dev.cairn.model.Selection;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One prompt and its answer on their way through a pretrained decoder. In layers below m they stand
 * behind the prefix, from m on behind the chunks that were chosen for them.
 *
 * <p>Axes: n tokens of the chosen chunks, P tokens of the prefix, S chunk_size.
 */
final class LayersSequence implements DecodedSequence {

  private final Layers form;
  private final int[] prompt;
  private final int mostTokens;
  private final ReadMeter memory;
  private final CausalText lower;
  private final CausalText upper;
  private final int prefixTokens; // P
  private Selection chosen = new Selection(new int[0], new float[0]);
  private int[] validTokens = {};
  private boolean hasChosen;

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
    return hasChosen;
  }

  /** How many chunks it may read, so that all it sees has a position. */
  int limit() {
    int room = form.positions() - prefixTokens - mostTokens;
    return Math.min(form.choice().chunks(), Math.max(0, room / form.chunk().size()));
  }

  /** What was laid out in the upper text, in reading order. */
  void chose(Selection selection, int[] valid) {
    chosen = selection;
    validTokens = valid;
    hasChosen = true;
  }

  MemoryMass newMass() {
    int tokens = IntStream.of(validTokens).sum();
    return new MemoryMass(form.decoder().heads().keyValueHeads(), prefixTokens, tokens);
  }

  /** What a token read, of what its attention added up to. */
  Reading reading(MemoryMass mass) {
    ReadingBuilder reading = new ReadingBuilder(form.chunk().size());
    int count = (form.layers() - form.memoryStart()) * form.decoder().heads().heads();
    float[] mean = mass.mean(count); // (n)
    float[] weights = new float[validTokens.length];
    float[] places = new float[form.chunk().size()];
    int at = 0;
    for (int i = 0; i < validTokens.length; i++) {
      Arrays.fill(places, 0);
      System.arraycopy(mean, at, places, 0, validTokens[i]);
      for (int token = 0; token < validTokens[i]; token++) {
        weights[i] += places[token];
      }
      reading.add(chosen.chunks()[i], places, 0, 1);
      at += validTokens[i];
    }
    if (weights.length > 0) {
      reading.chose(new ChunkChoice(chosen.chunks(), chosen.scores(), weights));
    }
    return reading.reading();
  }

  @Override
  public ReadMeter.Use use() {
    return memory.use();
  }
}
