package dev.cairn.engine;

import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ChunkRange;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.ModelForm;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps that nobody reads: a JVM runs vector code a hundred times slower until it has compiled it,
 * and the first question should not wait for that.
 */
final class WarmUp implements ChunkMemory {

  private static final int PROMPT = 24;
  private static final int STEPS = 24;

  private final ModelForm form;
  private final MemorySegment zeros;

  WarmUp(ModelForm form) {
    this.form = form;
    this.zeros = Arena.ofAuto().allocate(form.chunk().bytes());
  }

  /** The steps, one at a time. */
  List<Runnable> steps(AnswerDecoder decoder) {
    int[] prompt = new int[Math.min(PROMPT, decoder.rows())];
    DecodedSequence sequence = decoder.open(prompt, STEPS * PROMPT, this);
    Runnable read = () -> decoder.step(List.of(new ScheduledSequence(sequence, prompt, true)));
    Runnable write = () -> decoder.step(List.of(new ScheduledSequence(sequence, new int[1], true)));
    return IntStream.range(0, STEPS).mapToObj(step -> step % 4 == 0 ? read : write).toList();
  }

  @Override
  public int size() {
    return form.chunksRead();
  }

  @Override
  public ChunkRange document(int chunk) {
    return new ChunkRange(0, size());
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    Selection all = new Selection(IntStream.range(0, k).toArray(), new float[k]);
    Selection[] selections = new Selection[queries.length];
    Arrays.fill(selections, all);
    return selections;
  }

  @Override
  public StoredChunk[] hold(int[] chunks) {
    StoredChunk[] held = new StoredChunk[chunks.length];
    Arrays.fill(held, new Zeros(zeros, form.chunk().size()));
    return held;
  }

  private record Zeros(MemorySegment keysValues, int validTokens) implements StoredChunk {

    @Override
    public void close() {}
  }
}
