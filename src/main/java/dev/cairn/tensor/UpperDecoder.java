package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import dev.cairn.model.Reading;
import dev.cairn.model.ReadingBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that only prompts pass; some have an HSA block before them.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
record UpperDecoder(List<ReadingLayer> readingLayers, RmsNorm norm) {

  /** A layer and the HSA block before it, if there is one. */
  record ReadingLayer(@Nullable HsaBlock block, DecoderLayer layer) {}

  /**
   * @param states (T, d), normed
   * @param reads one of each HSA block; none when there is no chunk
   */
  record Output(NDArray states, List<HsaBlock.ReadChunks> reads) {

    /**
     * What the last token read: the mean over the blocks.
     *
     * @param chunkSize S
     */
    Reading readingOfLastToken(int chunkSize) {
      ReadingBuilder reading = new ReadingBuilder(chunkSize);
      reads.forEach(each -> each.addLastToken(reading, chunkSize, reads.size()));
      return reading.reading();
    }
  }

  List<DecoderLayer> layers() {
    return readingLayers.stream().map(ReadingLayer::layer).toList();
  }

  /**
   * @param hidden (T, d), lower states
   * @param windows one of each layer; moved over the tokens
   */
  Output apply(NDArray hidden, LayerCaches windows, VisibleTokens view, ChunkSource memory) {
    NDArray stream = hidden;
    List<HsaBlock.ReadChunks> reads = new ArrayList<>();
    for (int i = 0; i < readingLayers.size(); i++) {
      stream = retrieve(readingLayers.get(i).block, stream, memory, reads);
      WindowAttention.Attended attended =
          readingLayers.get(i).layer.apply(stream, windows.get(i), view);
      windows.set(i, attended.window());
      stream = attended.output(); // (T, d)
    }
    return new Output(norm.apply(stream), reads);
  }

  private static NDArray retrieve(
      @Nullable HsaBlock block,
      NDArray hidden,
      ChunkSource memory,
      List<HsaBlock.ReadChunks> reads) {
    if (block == null) {
      return hidden;
    }
    HsaBlock.Output output = block.apply(hidden, memory);
    if (output.read() != null) {
      reads.add(output.read());
    }
    return output.hidden(); // (T, d)
  }
}
