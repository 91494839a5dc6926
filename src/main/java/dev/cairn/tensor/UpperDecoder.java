package dev.cairn.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers that only prompts pass; some have an HSA block before them.
 *
 * <p>Axes: T tokens, d hidden_size.
 */
record UpperDecoder(List<Stage> stages, RmsNorm norm) {

  /** A layer and the HSA block before it, if there is one. */
  record Stage(@Nullable HsaBlock retrieval, DecoderLayer layer) {}

  /**
   * @param states (T, d), normed
   * @param reads one of each HSA block; none when there is no chunk
   */
  record Output(NDArray states, List<HsaBlock.Read> reads) {}

  List<DecoderLayer> layers() {
    return stages.stream().map(Stage::layer).toList();
  }

  /**
   * @param hidden (T, d), lower states
   * @param windows one of each layer; moved over the tokens
   */
  Output apply(NDArray hidden, LayerCaches windows, VisibleTokens view, ChunkSource memory) {
    NDArray stream = hidden;
    List<HsaBlock.Read> reads = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      stream = retrieve(stages.get(i).retrieval, stream, memory, reads);
      WindowAttention.Attended attended = stages.get(i).layer.apply(stream, windows.get(i), view);
      windows.set(i, attended.window());
      stream = attended.output(); // (T, d)
    }
    return new Output(norm.apply(stream), reads);
  }

  private static NDArray retrieve(
      @Nullable HsaBlock block, NDArray hidden, ChunkSource memory, List<HsaBlock.Read> reads) {
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
