package dev.cairn.checkpoint;

import dev.cairn.safetensors.SafetensorsException;
import dev.cairn.safetensors.SafetensorsFile;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A tensor of a safetensors file.
 *
 * @param path of the file
 * @param file open while the tensor is read
 * @param entry where it lies
 */
public record SafetensorsTensor(Path path, SafetensorsFile file, TensorEntry entry)
    implements StoredTensor {

  public TensorType type() {
    return entry.type();
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public long[] shape() {
    return entry.shape();
  }

  @Override
  public long length() {
    return entry.length();
  }

  @Override
  public String typeName() {
    return entry.type().name();
  }

  @Override
  public void read(ByteBuffer target) {
    try {
      file.read(entry, target);
    } catch (SafetensorsException e) {
      throw CheckpointException.of(path, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }
}
