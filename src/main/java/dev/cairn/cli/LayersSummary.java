package dev.cairn.cli;

import dev.cairn.checkpoint.Adapter;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.KvFormat;
import dev.cairn.model.Layers;
import dev.cairn.segment.SegmentShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a pretrained decoder reads what it encoded, and what its checkpoint lacks.
 *
 * @param layers that read chunks
 * @param promptForm where the texts around documents and questions come from
 * @param endTokens ids that end an answer
 * @param rope base and scaling of the rotary positions
 * @param bytesPerToken of keys and values, by the format that they are stored in
 * @param bytesPerChunk the same of a chunk
 * @param adaptedMatrices matrices that an adapter adds to while a question is read
 * @param missing what is not there, and what that means
 */
record LayersSummary(
    String layers,
    String promptForm,
    List<Integer> endTokens,
    String rope,
    Map<KvFormat, Long> bytesPerToken,
    Map<KvFormat, Long> bytesPerChunk,
    int adaptedMatrices,
    List<String> missing) {

  static @Nullable LayersSummary of(Checkpoint checkpoint) {
    return checkpoint.form() instanceof Layers form ? of(checkpoint, form) : null;
  }

  private static LayersSummary of(Checkpoint checkpoint, Layers form) {
    int adapted = adaptedMatrices(checkpoint, form);
    Map<KvFormat, Long> ofChunk = new TreeMap<>();
    Map<KvFormat, Long> ofToken = new TreeMap<>();
    for (KvFormat format : KvFormat.values()) {
      long bytes = new SegmentShape(1, form.chunk(), 0, format).chunkBytes();
      ofChunk.put(format, bytes);
      ofToken.put(format, bytes / form.chunk().size());
    }
    return new LayersSummary(
        "%d to %d of %d".formatted(form.memoryStart(), form.layers() - 1, form.layers()),
        form.prompt().name(),
        form.decoder().endTokens().stream().sorted().toList(),
        "base %s, scaling %s"
            .formatted(form.decoder().rope().theta(), form.decoder().rope().scaling()),
        ofToken,
        ofChunk,
        adapted,
        missing(checkpoint, form, adapted));
  }

  private static int adaptedMatrices(Checkpoint checkpoint, Layers form) {
    try (Adapter adapter = Adapter.openIfPresent(checkpoint.beside(), form)) {
      return adapter == null ? 0 : adapter.count();
    }
  }

  private static List<String> missing(Checkpoint checkpoint, Layers form, int adapted) {
    List<String> missing = new ArrayList<>();
    if (form.retrieval() == null) {
      missing.add("memory.safetensors: no landmarks, chunks are chosen by sentences and words");
    }
    if (checkpoint.sentence() == null) {
      missing.add("sentence.json: no sentence encoder, chunks are chosen without its cosines");
    }
    if (adapted == 0) {
      missing.add("adapter_config.json: questions are read by the base weights");
    }
    if (form.prompt().name().equals("plain text")) {
      missing.add("a known chat template: questions are asked in plain text");
    }
    return missing;
  }
}
