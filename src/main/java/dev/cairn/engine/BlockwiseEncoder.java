package dev.cairn.engine;

import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.model.BlockPass;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.ModelForm;
import java.util.function.Supplier;

/**
 * Encodes a document on the native thread, a block at a time; answers that wait run between the
 * layers.
 */
public final class BlockwiseEncoder implements DocumentEncoder {

  private final ModelForm form;
  private final NativeThread thread;
  private final BlockPass pass;

  public BlockwiseEncoder(ModelForm form, NativeThread thread, Supplier<BlockPass> pass) {
    this.form = form;
    this.thread = thread;
    this.pass = thread.call(Priority.ENCODING, pass::get);
  }

  @Override
  public int blockTokens() {
    return form.blockTokens();
  }

  @Override
  public int runUpBlocks() {
    return form.runUpBlocks();
  }

  @Override
  public void runUp(int[] ids) {
    if (ids.length != blockTokens()) {
      throw new IllegalArgumentException(
          "a run-up goes over %d ids, not %d".formatted(blockTokens(), ids.length));
    }
    form.decoder().requireIds(ids);
    thread.run(Priority.ENCODING, () -> pass.runUp(ids, thread::runAnswers));
  }

  @Override
  public EncodedChunks encode(int[] ids) {
    if (ids.length == 0 || ids.length > blockTokens()) {
      throw new IllegalArgumentException(
          "a block has 1 to %d ids, not %d".formatted(blockTokens(), ids.length));
    }
    form.decoder().requireIds(ids);
    return thread.call(Priority.ENCODING, () -> pass.encode(ids, thread::runAnswers));
  }

  @Override
  public void close() {
    thread.free(pass::close);
  }
}
