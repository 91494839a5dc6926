package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.TinyCheckpoint;
import dev.cairn.engine.NativeThread;
import dev.cairn.engine.NativeThread.Priority;
import dev.cairn.kernel.Bfloat16;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors of every dtype that loads, as FP32. */
class WeightsTest {

  private static final String NAME = "hsa.0.retrieval_proj.weight"; // (16, 64)
  private static final int ROWS = 16;
  private static final int COLUMNS = 64;

  @TempDir Path folder;

  private final NativeThread thread = TestNetwork.tensorThread();

  @AfterEach
  void stop() {
    thread.close(() -> {});
  }

  @BeforeEach
  void startEngine() {
    thread.run(Priority.ANSWER, () -> {});
  }

  @Test
  void loadsFloat32() throws IOException {
    ByteBuffer bytes = room(Float.BYTES);
    numbers(bytes, i -> bytes.putFloat(value(i)));
    assertLoads(new TinyCheckpoint(folder).put(NAME, TensorType.F32, bytes.array(), ROWS, COLUMNS));
  }

  @Test
  void loadsFloat16() throws IOException {
    ByteBuffer bytes = room(Short.BYTES);
    numbers(bytes, i -> bytes.putShort(Float.floatToFloat16(value(i))));
    assertLoads(new TinyCheckpoint(folder).put(NAME, TensorType.F16, bytes.array(), ROWS, COLUMNS));
  }

  @Test
  void loadsBfloat16() throws IOException {
    ByteBuffer bytes = room(Short.BYTES);
    numbers(bytes, i -> bytes.putShort(Bfloat16.round(value(i))));
    assertLoads(
        new TinyCheckpoint(folder).put(NAME, TensorType.BF16, bytes.array(), ROWS, COLUMNS));
  }

  @Test
  void loadsIntegersWithTheScaleOfTheirRow() throws IOException {
    ByteBuffer bytes = room(Byte.BYTES);
    numbers(bytes, i -> bytes.put((byte) (i % COLUMNS - 32)));
    ByteBuffer scales = ByteBuffer.allocate(ROWS * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < ROWS; row++) {
      scales.putShort(Float.floatToFloat16(scale(row)));
    }
    assertLoads(
        new TinyCheckpoint(folder)
            .put(NAME, TensorType.I8, bytes.array(), ROWS, COLUMNS)
            .put(NAME + ".scale", TensorType.F16, scales.array(), ROWS));
  }

  /** Numbers that all dtypes hold exactly: small integers times a power of two for each row. */
  private static float value(int i) {
    return (i % COLUMNS - 32) * scale(i / COLUMNS);
  }

  private static float scale(int row) {
    return (float) Math.scalb(1.0, row - 12);
  }

  private interface Putter {
    Object put(int i);
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocate(ROWS * COLUMNS * bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void numbers(ByteBuffer bytes, Putter putter) {
    for (int i = 0; bytes.hasRemaining(); i++) {
      putter.put(i);
    }
  }

  private void assertLoads(TinyCheckpoint tiny) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(tiny.write());
    float[] loaded =
        thread.call(
            Priority.ANSWER,
            () -> {
              try (NDManager manager = NDManager.newBaseManager("PyTorch");
                  Weights weights = new Weights(checkpoint, manager)) {
                return weights.tensor(NAME).toFloatArray();
              }
            });
    assertThat(loaded).hasSize(ROWS * COLUMNS);
    for (int i = 0; i < loaded.length; i++) {
      assertThat(loaded[i]).isEqualTo(value(i));
    }
  }
}
