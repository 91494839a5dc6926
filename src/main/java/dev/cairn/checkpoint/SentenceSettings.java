package dev.cairn.checkpoint;

import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sentence encoder that a checkpoint names (sentence.json, sentence.safetensors).
 *
 * @param model its name; {@code bge-small-en-v1.5} is the one that ships
 * @param dimension length of its vectors
 * @param queryPrefix put before a question, not before a chunk
 * @param scale what a cosine is multiplied with to become a prior
 * @param questionMean (dimension): taken off a question's vector
 * @param chunkMean (dimension): taken off a chunk's vector
 * @param sha256 over both files, lower-case hex
 */
public record SentenceSettings(
    String model,
    int dimension,
    String queryPrefix,
    float scale,
    float[] questionMean,
    float[] chunkMean,
    String sha256) {

  private static final String MODEL = "bge-small-en-v1.5";

  private static final int DIMENSION = 384;

  /**
   * @throws CheckpointException when sentence.json is there but malformed, names an unknown model,
   *     or has no fitting sentence.safetensors beside it
   */
  static @Nullable SentenceSettings readIfPresent(Path folder) {
    Path settings = folder.resolve("sentence.json");
    return Files.exists(settings) ? read(settings, folder.resolve("sentence.safetensors")) : null;
  }

  private static SentenceSettings read(Path settings, Path means) {
    JsonFile json = JsonFile.read(settings);
    require(json.text("model").equals(MODEL), settings, "model must be " + MODEL);
    require(json.integer("dimension") == DIMENSION, settings, "dimension must be " + DIMENSION);
    require(json.text("pooling").equals("cls"), settings, "pooling must be cls");
    float scale = (float) json.real("scale");
    require(scale > 0 && Float.isFinite(scale), settings, "scale must be positive");
    try (SafetensorsFile file = SafetensorsFile.open(means)) {
      return new SentenceSettings(
          MODEL,
          DIMENSION,
          json.text("query_prefix"),
          scale,
          vector(file, "question_mean"),
          vector(file, "chunk_mean"),
          FileDigest.sha256(List.of(settings, means)));
    } catch (SafetensorsException e) {
      throw CheckpointException.of(means, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(means, e);
    }
  }

  private static void require(boolean condition, Path file, String message) {
    if (!condition) {
      throw new CheckpointException(
          CheckpointException.Reason.CONFIG_INVALID, file + ": " + message);
    }
  }

  private static float[] vector(SafetensorsFile file, String name) throws IOException {
    TensorEntry entry = file.header().tensor(name);
    if (!entry.hasShape(DIMENSION) || entry.type() != TensorType.F32) {
      throw new CheckpointException(
          CheckpointException.Reason.TENSOR_MISSHAPEN,
          "%s must be F32 of shape [%d]".formatted(name, DIMENSION));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.length()).order(ByteOrder.LITTLE_ENDIAN);
    file.read(entry, bytes);
    float[] vector = new float[DIMENSION];
    bytes.flip().asFloatBuffer().get(vector);
    return vector;
  }
}
