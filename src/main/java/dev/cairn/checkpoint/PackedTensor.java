package dev.cairn.checkpoint;

import dev.cairn.gguf.GgufException;
import dev.cairn.gguf.GgufModel;
import dev.cairn.gguf.GgufTensor;
import dev.cairn.gguf.GgufType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A tensor of a GGUF file.
 *
 * @param model open while the tensor is read
 * @param tensor where it lies
 * @param name what Hugging Face calls it
 * @param interleavedHeads heads whose rows stand as interleaved RoPE wants them, which is undone; 0
 *     when the rows stand as they are
 */
public record PackedTensor(GgufModel model, GgufTensor tensor, String name, int interleavedHeads)
    implements StoredTensor {

  public GgufType type() {
    return tensor.type();
  }

  @Override
  public Path path() {
    return model.metadata().file();
  }

  @Override
  public long[] shape() {
    return tensor.shape();
  }

  @Override
  public long length() {
    return tensor.length();
  }

  @Override
  public String typeName() {
    return tensor.type().name();
  }

  @Override
  public void read(ByteBuffer target) {
    try {
      if (interleavedHeads == 0) {
        model.read(tensor.name(), 0, target.slice(target.position(), (int) length()));
      } else {
        readHalves(target.slice(target.position(), (int) length()));
      }
      target.position(target.position() + (int) length());
    } catch (GgufException e) {
      throw CheckpointException.of(e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path(), e);
    }
  }

  /** Row 2 j + half of a head in the file is row half * e / 2 + j of the head. */
  private void readHalves(ByteBuffer target) throws IOException {
    int rows = (int) tensor.shape()[0];
    int rowBytes = (int) (length() / rows);
    int headDim = rows / interleavedHeads;
    for (int row = 0; row < rows; row++) {
      int inHead = row % headDim;
      int half = inHead / (headDim / 2);
      int from = row - inHead + 2 * (inHead % (headDim / 2)) + half;
      model.read(tensor.name(), (long) from * rowBytes, target.slice(row * rowBytes, rowBytes));
    }
  }
}
