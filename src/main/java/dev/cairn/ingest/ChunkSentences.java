package dev.cairn.ingest;

import dev.cairn.engine.Model;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.tokenizer.TextTokenizer;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes the sentence landmarks of chunks from their decoded tokens, on a thread of its own beside
 * the one that encodes; none when the checkpoint names no sentence encoder.
 */
@Component
class ChunkSentences implements DisposableBean {

  private static final float[][] NONE = {};

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("sentences").factory());
  private final Optional<SentenceEncoder> encoder;
  private final TextTokenizer tokenizer;
  private final int chunkSize;

  ChunkSentences(Optional<SentenceEncoder> encoder, TextTokenizer tokenizer, Model model) {
    this.encoder = encoder;
    this.tokenizer = tokenizer;
    this.chunkSize = model.form().chunk().size();
  }

  /** Length of a sentence landmark; 0 when there are none. */
  int dimension() {
    return encoder.map(SentenceEncoder::dimension).orElse(0);
  }

  /**
   * @param block tokens from the start of a chunk on
   * @return (chunks of the block, dimension), later
   */
  Future<float[][]> embed(Tokens block) {
    return encoder
        .<Future<float[][]>>map(
            sentences -> thread.submit(() -> sentences.embedChunks(texts(block))))
        .orElseGet(() -> CompletableFuture.completedFuture(NONE));
  }

  /**
   * @throws java.io.InterruptedIOException when this thread is interrupted meanwhile
   */
  static float[][] await(Future<float[][]> embedding) throws IOException {
    try {
      return embedding.get();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while chunks were embedded");
    } catch (ExecutionException e) {
      throw new IOException("chunks could not be embedded", e.getCause());
    }
  }

  private List<String> texts(Tokens block) {
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < block.count(); from += chunkSize) {
      int end = Math.min(from + chunkSize, block.count());
      texts.add(tokenizer.decode(Arrays.copyOfRange(block.ids(), from, end)));
    }
    return texts;
  }

  @Override
  public void destroy() {
    thread.close();
  }
}
