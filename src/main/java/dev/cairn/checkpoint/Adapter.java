package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.checkpoint.NeededTensors.Needed;
import dev.cairn.model.Layers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A low-rank adapter (LoRA) in the format of PEFT: what is added to a decoder's matrices while it
 * reads and writes. W x becomes W x + scale * up (down x).
 */
public final class Adapter implements AutoCloseable {

  private static final String WEIGHTS = "adapter_model.safetensors";

  private static final Pattern NAME =
      Pattern.compile(
          "(?:base_model\\.model\\.)?(?:(?:language_)?model\\.)*"
              + "(layers\\.(\\d+)\\.(?:self_attn|mlp)\\.\\w+_proj)\\.lora_([AB])"
              + "(?:\\.default)?\\.weight");

  private final AdapterConfig config;
  private final WeightFiles files;
  private final Path decoder; // a folder, or a file of a GGUF model
  private final Map<String, Part> parts = new TreeMap<>();
  private final Set<String> leftOut = new TreeSet<>();

  /** The names of a matrix's two tensors, by their letters. */
  private record Part(String module, Map<String, String> tensors) {

    String tensor(String letter) {
      String name = tensors.get(letter);
      if (name == null) {
        throw new IllegalArgumentException("%s has no lora_%s".formatted(module, letter));
      }
      return name;
    }
  }

  /**
   * What is added to one matrix.
   *
   * @param rank k
   * @param down (k, inputs)
   * @param up (outputs, k), the scale of the adapter multiplied in
   */
  public record LowRank(int rank, float[] down, float[] up) {}

  private Adapter(AdapterConfig config, WeightFiles files, Path decoder) {
    this.config = config;
    this.files = files;
    this.decoder = decoder;
  }

  /**
   * The adapter beside a decoder; null when there is none.
   *
   * @param path a folder, or a file of a GGUF model
   * @throws CheckpointException when it asks for something else, does not fit the decoder, or
   *     nothing of it applies
   */
  public static @Nullable Adapter openIfPresent(Path path, Layers form) {
    Path folder = ModelFolder.of(path);
    Path settings = folder.resolve("adapter_config.json");
    if (!Files.exists(settings)) {
      return null;
    }
    AdapterConfig config = AdapterConfig.read(settings);
    boolean leavesOut = MemoryFile.read(folder).leavesOutAdapterBelowMemory();
    Path weights = folder.resolve(WEIGHTS);
    Adapter adapter = new Adapter(config, WeightFiles.ofOne(weights), path);
    try {
      return CheckpointException.naming(weights, () -> adapter.fitted(form, leavesOut));
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  private Adapter fitted(Layers form, boolean leavesOut) {
    pair(form, leavesOut);
    check(form);
    return this;
  }

  private void pair(Layers form, boolean leavesOut) {
    for (String tensor : files.names()) {
      Matcher name = NAME.matcher(tensor);
      require(name.matches(), "tensor %s applies to nothing".formatted(tensor));
      String module = "model." + name.group(1);
      if (Integer.parseInt(name.group(2)) >= form.memoryStart()) {
        parts
            .computeIfAbsent(module, unpaired -> new Part(unpaired, new TreeMap<>()))
            .tensors()
            .put(name.group(3), tensor);
      } else {
        require(leavesOut, belowMemory(tensor, form));
        leftOut.add(module);
      }
    }
    require(!parts.isEmpty(), "nothing of it applies");
  }

  private static String belowMemory(String tensor, Layers form) {
    return "tensor %s is of a layer below memory_start %d, where prompts pass as documents do; %s"
        .formatted(
            tensor,
            form.memoryStart(),
            "\"%s\": \"leave_out\" in memory.json leaves it out"
                .formatted(MemoryFile.BELOW_MEMORY));
  }

  private void check(Layers form) {
    Map<String, Needed> matrices = new LinkedHashMap<>();
    NeededTensors.of(form).stream()
        .filter(Needed::isMatrix)
        .forEach(each -> matrices.put(each.name(), each));
    for (Part part : parts.values()) {
      Needed base = matrices.get(part.module() + ".weight");
      if (base == null) {
        throw new IllegalArgumentException(part.module() + " is no matrix of the decoder");
      }
      int rank = config.rank(part.module());
      requireShape(part.tensor("A"), rank, base.shape()[1]);
      requireShape(part.tensor("B"), base.shape()[0], rank);
    }
  }

  private void requireShape(String tensor, long... shape) {
    require(
        files.entry(tensor).hasShape(shape),
        "tensor %s has shape %s, not %s"
            .formatted(
                tensor, Arrays.toString(files.entry(tensor).shape()), Arrays.toString(shape)));
  }

  /** Matrices that it adds to. */
  public int count() {
    return parts.size();
  }

  /** Matrices that it would add to, of layers that read no memory. */
  public int leftOut() {
    return leftOut.size();
  }

  /** That it may have been trained on another decoder, for people. */
  public Optional<String> warning() {
    return BaseName.of(decoder).warning(config.baseName());
  }

  /**
   * What is added to a matrix.
   *
   * @param matrix the name of its tensor
   */
  public Optional<LowRank> of(String matrix) {
    Part part = parts.get(matrix.replaceFirst("\\.weight$", ""));
    return part == null ? Optional.empty() : Optional.of(read(part));
  }

  private LowRank read(Part part) {
    float[] up = TensorNumbers.read(files, part.tensor("B"));
    float scale = config.scale(part.module());
    for (int i = 0; i < up.length; i++) {
      up[i] *= scale;
    }
    float[] down = TensorNumbers.read(files, part.tensor("A"));
    return new LowRank(config.rank(part.module()), down, up);
  }

  @Override
  public void close() {
    files.close();
  }
}
