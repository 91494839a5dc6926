package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufMetadata;
import dev.cairn.gguf.GgufModel;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint folder whose files were checked: every tensor that the configuration needs is there
 * with the right shape and a dtype that loads. Weights themselves are read when a model is loaded.
 *
 * @param folder where it lies, or a file of a GGUF model
 * @param form of its model
 * @param sentence the sentence encoder that it names, or null
 * @param weightsSha256 over all weights that stored chunks depend on, lower-case hex
 * @param tokenizerSha256 of tokenizer.json, lower-case hex
 * @param configSha256 of the configuration's numbers that stored chunks depend on, lower-case hex
 */
public record Checkpoint(
    Path folder,
    ModelForm form,
    @Nullable SentenceSettings sentence,
    String weightsSha256,
    String tokenizerSha256,
    String configSha256) {

  private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

  /** Follows the name of a tensor of 8-bit integers: the scale of each of its rows. */
  public static final String SCALE = ".scale";

  static final String TOKENIZER = "tokenizer.json";

  private static final String CONFIG = "config.json";

  /**
   * @param folder with the files, or a file of a GGUF model in such a folder
   * @throws CheckpointException when a file is missing, malformed or truncated, or a tensor is
   *     missing or misshapen
   */
  public static Checkpoint open(Path folder) {
    ModelForm form = form(folder);
    Path beside = ModelFolder.of(folder);
    try (WeightFiles weights = WeightFiles.open(folder)) {
      check(weights, form);
      checkAdapter(folder, form);
      return new Checkpoint(
          folder,
          form,
          SentenceSettings.readIfPresent(beside),
          StoredDigest.weights(weights, form),
          StoredDigest.tokenizer(tokenizerFile(folder), weights),
          StoredDigest.config(beside.resolve(CONFIG), form));
    }
  }

  /** How many numbers the weight files hold of each type. */
  public SortedMap<String, Long> numbersByType() {
    SortedMap<String, Long> numbers = new TreeMap<>();
    try (WeightFiles weights = WeightFiles.open(folder)) {
      for (String name : weights.names()) {
        StoredTensor tensor = weights.entry(name);
        long count = Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
        numbers.merge(tensor.typeName(), count, Long::sum);
      }
    }
    return numbers;
  }

  /**
   * The form of the model alone.
   *
   * @param path a folder, or a file of a GGUF model
   * @throws CheckpointException when it is missing or malformed
   */
  public static ModelForm form(Path path) {
    if (ModelFolder.isGguf(path)) {
      return CheckpointException.naming(path, () -> LayersCheckpoint.ofGguf(path));
    }
    if (Files.isRegularFile(path)) {
      throw new CheckpointException(
          CheckpointException.Reason.FILE_MALFORMED,
          path + " is neither a folder with a checkpoint nor a GGUF model, a file *.gguf");
    }
    JsonFile config = JsonFile.read(path.resolve(CONFIG));
    return CheckpointException.naming(
        config.path(),
        () ->
            config.text("model_type").equals(HsaConfig.MODEL_TYPE)
                ? HsaConfig.read(config)
                : LayersCheckpoint.ofFolder(path, config));
  }

  /** Where the tokenizer of the Hugging Face library lies, if there is one. */
  private static Path tokenizerFile(Path path) {
    return ModelFolder.of(path).resolve(TOKENIZER);
  }

  /** Whether the decoder is a GGUF model. */
  public static boolean isGguf(Path path) {
    return ModelFolder.isGguf(path);
  }

  /**
   * What a GGUF model says of itself.
   *
   * @throws CheckpointException when it cannot be read
   */
  public static GgufMetadata ggufMetadata(Path path) {
    try (GgufModel model = ModelFolder.openGguf(path)) {
      return model.metadata();
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }

  private static void check(WeightFiles weights, ModelForm form) {
    Set<String> unused = unused(weights, NeededTensors.of(form));
    if (form instanceof Layers layers) {
      LayersCheckpoint.refuseUnannounced(layers, weights, unused);
    }
    if (!unused.isEmpty()) {
      log.info(
          "Ignoring {} tensors that the configuration does not need: {}", unused.size(), unused);
    }
  }

  private static void checkAdapter(Path path, ModelForm form) {
    if (form instanceof Layers layers) {
      try (Adapter adapter = Adapter.openIfPresent(path, layers)) {
        if (adapter != null) {
          log.debug(
              "The adapter adds to {} matrices; {} of layers that read no memory are left out",
              adapter.count(),
              adapter.leftOut());
          adapter.warning().ifPresent(log::warn);
        }
      }
    }
  }

  private static Set<String> unused(WeightFiles weights, List<NeededTensors.Needed> needed) {
    TreeSet<String> unused = new TreeSet<>(weights.names());
    for (NeededTensors.Needed each : needed) {
      StoredTensor tensor = weights.entry(each.name());
      requireShape(tensor, each.shape());
      unused.remove(each.name());
      if (requireLoadable(tensor) == TensorType.I8) {
        checkScale(weights, each.name() + SCALE, each.shape()[0]);
        unused.remove(each.name() + SCALE);
      }
    }
    return unused;
  }

  private static void checkScale(WeightFiles weights, String name, long rows) {
    StoredTensor scale = weights.entry(name);
    requireShape(scale, rows);
    if (!(scale instanceof SafetensorsTensor tensor) || tensor.type() != TensorType.F16) {
      throw unsupported(scale, "F16");
    }
  }

  private static void requireShape(StoredTensor tensor, long... shape) {
    if (!tensor.hasShape(shape)) {
      throw new CheckpointException(
          CheckpointException.Reason.TENSOR_MISSHAPEN,
          "%s: tensor %s has shape %s; the configuration needs %s"
              .formatted(
                  tensor.path(),
                  tensor.name(),
                  Arrays.toString(tensor.shape()),
                  Arrays.toString(shape)));
    }
  }

  /** Its type; that of GGUF files was checked when they were opened. */
  private static @Nullable TensorType requireLoadable(StoredTensor stored) {
    if (!(stored instanceof SafetensorsTensor tensor)) {
      return null;
    }
    boolean loads =
        switch (tensor.type()) {
          case F32, F16, BF16 -> true;
          case I8 -> tensor.shape().length == 2;
          default -> false;
        };
    if (!loads) {
      throw unsupported(tensor, "F32, F16, BF16, or I8 of two axes");
    }
    return tensor.type();
  }

  private static CheckpointException unsupported(StoredTensor tensor, String supported) {
    return new CheckpointException(
        CheckpointException.Reason.DTYPE_UNSUPPORTED,
        "%s: tensor %s is %s; it must be %s"
            .formatted(tensor.path(), tensor.name(), tensor.typeName(), supported));
  }
}
