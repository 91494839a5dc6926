package dev.cairn.checkpoint;

import dev.cairn.kernel.Bfloat16;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads tensors of a checkpoint as floats, whatever their type. */
public final class TensorNumbers {

  private TensorNumbers() {}

  /**
   * @return the numbers, the last axis first
   * @throws CheckpointException when the tensor is missing, cannot be read or has a type that does
   *     not load
   */
  public static float[] read(WeightFiles files, String name) {
    return switch (files.entry(name)) {
      case PackedTensor tensor -> read(tensor);
      case SafetensorsTensor tensor -> {
        ByteBuffer bytes = bytes(tensor);
        yield switch (tensor.type()) {
          case F32 -> floats(bytes);
          case F16 -> halves(bytes);
          case BF16 -> Bfloat16.widen(bytes);
          case I8 -> scaled(bytes, read(files, name + Checkpoint.SCALE));
          default -> throw unsupported(tensor);
        };
      }
    };
  }

  static float[] read(PackedTensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.tensor().numbers())];
    tensor.type().widen(bytes(tensor), numbers, 0, numbers.length);
    return numbers;
  }

  /** The bytes as they stand in the file, little-endian. */
  public static ByteBuffer bytes(WeightFiles files, String name) {
    return bytes(files.entry(name));
  }

  private static ByteBuffer bytes(StoredTensor tensor) {
    int length = Math.toIntExact(tensor.length());
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    tensor.read(bytes);
    return bytes.flip();
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  private static float[] halves(ByteBuffer bytes) {
    float[] numbers = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
    }
    return numbers;
  }

  private static float[] scaled(ByteBuffer bytes, float[] scales) {
    float[] numbers = new float[bytes.remaining()];
    int inputs = numbers.length / scales.length;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bytes.get(i) * scales[i / inputs];
    }
    return numbers;
  }

  private static CheckpointException unsupported(StoredTensor tensor) {
    return new CheckpointException(
        CheckpointException.Reason.DTYPE_UNSUPPORTED,
        "%s: tensor %s is %s".formatted(tensor.path(), tensor.name(), tensor.typeName()));
  }
}
