package dev.cairn.cli;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param adapter what one adds to
 * @param missing what is not there, and what that means
 */
record LayersSummary(
    String layers,
    String promptForm,
    List<Integer> endTokens,
    String rope,
    Map<KvFormat, Long> bytesPerToken,
    Map<KvFormat, Long> bytesPerChunk,
    Adapted adapter,
    List<String> missing) {

  static @Nullable LayersSummary of(Checkpoint checkpoint) {
    return checkpoint.form() instanceof Layers form ? of(checkpoint, form) : null;
  }

  private static LayersSummary of(Checkpoint checkpoint, Layers form) {
    Adapted adapted = Adapted.of(checkpoint, form);
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

  /**
   * What an adapter adds to while a question is read.
   *
   * @param matrices that it adds to
   * @param leftOut tensors of layers below those that read, which are not used
   * @param warning null when it is of this decoder, as far as can be told
   */
  record Adapted(int matrices, int leftOut, @JsonInclude(NON_NULL) @Nullable String warning) {

    static Adapted of(Checkpoint checkpoint, Layers form) {
      try (Adapter adapter = Adapter.openIfPresent(checkpoint.folder(), form)) {
        return adapter == null
            ? new Adapted(0, 0, null)
            : new Adapted(adapter.count(), adapter.leftOut(), adapter.warning().orElse(null));
      }
    }
  }

  private static List<String> missing(Checkpoint checkpoint, Layers form, Adapted adapted) {
    List<String> missing = new ArrayList<>();
    if (form.retrieval() == null) {
      missing.add("memory.safetensors: no landmarks, chunks are chosen by sentences and words");
    }
    if (checkpoint.sentence() == null) {
      missing.add("sentence.json: no sentence encoder, chunks are chosen without its cosines");
    }
    if (adapted.matrices() == 0) {
      missing.add("adapter_config.json: questions are read by the base weights");
    }
    if (form.prompt().name().equals("plain text")) {
      missing.add("a known chat template: questions are asked in plain text");
    }
    return missing;
  }
}
