package dev.cairn.checkpoint;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.Hsa;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes a checkpoint again with its matrices in another number format. Vectors (norms, sinks) stay
 * FP32. Everything else in the folder but weights and reference answers is copied.
 */
public final class ConvertCheckpoint {

  private static final String WEIGHTS = "model.safetensors";
  private static final int MOST = 127;

  private final Path from;
  private final WeightFiles files;
  private final TensorType matrices;

  private ConvertCheckpoint(Path from, WeightFiles files, TensorType matrices) {
    this.from = from;
    this.files = files;
    this.matrices = matrices;
  }

  /** Told while weights are written. */
  @FunctionalInterface
  public interface Progress {
    void wrote(long bytes, long total);
  }

  /**
   * The folder appears whole or not at all.
   *
   * @param to a folder that does not exist
   * @param matrices F32, BF16, or I8 with one F16 scale a row
   * @param checkpoint of the form that is trained here
   * @throws CheckpointException when the source cannot be used, or the target exists
   */
  public static void convert(Checkpoint checkpoint, Path to, TensorType matrices, Progress progress)
      throws IOException {
    Path target = to.toAbsolutePath();
    requireTrainedHere(checkpoint);
    requireNew(target);
    Path unfinished = unfinished(target);
    deleteUnfinished(unfinished);
    Files.createDirectories(unfinished);
    try (WeightFiles files = WeightFiles.open(checkpoint.folder())) {
      ConvertCheckpoint conversion = new ConvertCheckpoint(checkpoint.folder(), files, matrices);
      conversion.writeWeights(
          unfinished.resolve(WEIGHTS), NeededTensors.of(checkpoint.form()), progress);
      conversion.copyOthers(unfinished);
    }
    Files.move(unfinished, target);
  }

  /** Where a conversion writes until it is done; of no use when it was cut short. */
  public static Path unfinished(Path to) {
    Path target = to.toAbsolutePath();
    return target.resolveSibling("." + target.getFileName() + ".unfinished");
  }

  private static void requireTrainedHere(Checkpoint checkpoint) {
    if (!(checkpoint.form() instanceof Hsa)) {
      throw new CheckpointException(
          CheckpointException.Reason.CONFIG_INVALID,
          "%s holds a pretrained decoder, which is used as it was published; only checkpoints of the form hsa are converted"
              .formatted(checkpoint.folder()));
    }
  }

  private static void requireNew(Path folder) {
    if (Files.exists(folder)) {
      throw new CheckpointException(
          CheckpointException.Reason.TARGET_EXISTS, folder + " exists: name a new folder");
    }
  }

  private static void deleteUnfinished(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        for (Path file : content) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void writeWeights(Path file, List<NeededTensors.Needed> tensors, Progress progress)
      throws IOException {
    List<SafetensorsHeader.Form> forms = forms(tensors);
    long total = forms.stream().mapToLong(SafetensorsHeader.Form::length).sum();
    long written = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(SafetensorsHeader.encode(forms, Map.of("format", "pt")));
      for (SafetensorsHeader.Form form : forms) {
        out.write(bytes(form));
        written += form.length();
        progress.wrote(written, total);
      }
    }
  }

  /** Large elements first, so that each tensor begins at a multiple of its element's size. */
  private List<SafetensorsHeader.Form> forms(List<NeededTensors.Needed> tensors) {
    List<SafetensorsHeader.Form> forms = new ArrayList<>();
    for (NeededTensors.Needed each : tensors) {
      TensorType type = each.isMatrix() ? matrices : TensorType.F32;
      forms.add(new SafetensorsHeader.Form(each.name(), type, each.shape()));
      if (type == TensorType.I8) {
        String scale = each.name() + Checkpoint.SCALE;
        forms.add(new SafetensorsHeader.Form(scale, TensorType.F16, each.shape()[0]));
      }
    }
    forms.sort(Comparator.comparing(form -> -form.type().bytes()));
    return forms;
  }

  private byte[] bytes(SafetensorsHeader.Form form) {
    if (form.name().endsWith(Checkpoint.SCALE)) {
      String matrix = form.name().substring(0, form.name().length() - Checkpoint.SCALE.length());
      return halves(scales(TensorNumbers.read(files, matrix), (int) form.shape()[0]));
    }
    float[] numbers = TensorNumbers.read(files, form.name());
    return switch (form.type()) {
      case F32 -> floats(numbers);
      case BF16 -> Bfloat16.round(numbers).array();
      case I8 -> wholes(numbers, scales(numbers, (int) form.shape()[0]));
      default -> throw new IllegalArgumentException("no conversion to " + form.type());
    };
  }

  /** What the largest number of a row is 127 times of, rounded to F16. */
  private static float[] scales(float[] numbers, int rows) {
    int inputs = numbers.length / rows;
    float[] scales = new float[rows];
    for (int i = 0; i < numbers.length; i++) {
      scales[i / inputs] = Math.max(scales[i / inputs], Math.abs(numbers[i]) / MOST);
    }
    for (int row = 0; row < rows; row++) {
      scales[row] = Float.float16ToFloat(Float.floatToFloat16(scales[row]));
    }
    return scales;
  }

  private static byte[] wholes(float[] numbers, float[] scales) {
    byte[] wholes = new byte[numbers.length];
    int inputs = numbers.length / scales.length;
    for (int i = 0; i < numbers.length; i++) {
      float scale = scales[i / inputs];
      wholes[i] = (byte) (scale == 0 ? 0 : Math.clamp(Math.round(numbers[i] / scale), -MOST, MOST));
    }
    return wholes;
  }

  private static byte[] floats(float[] numbers) {
    ByteBuffer bytes = littleEndian(numbers.length * Float.BYTES);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static byte[] halves(float[] numbers) {
    ByteBuffer bytes = littleEndian(numbers.length * Short.BYTES);
    for (float number : numbers) {
      bytes.putShort(Float.floatToFloat16(number));
    }
    return bytes.array();
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The reference answers are of other weights, and so is what the index says. */
  private void copyOthers(Path to) throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(from)) {
      for (Path file : content) {
        String name = String.valueOf(file.getFileName());
        if (Files.isRegularFile(file)
            && !name.matches("model.*\\.safetensors(\\.index\\.json)?|reference\\.jsonl")) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }
}
