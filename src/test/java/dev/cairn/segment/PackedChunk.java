package dev.cairn.segment;

import dev.cairn.kernel.Bfloat16;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.model.KvLayout;
import dev.cairn.model.StoredChunk;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A chunk on the heap as a segment would hold it. */
public record PackedChunk(
    MemorySegment keysValues, @Nullable MemorySegment scales, KvLayout layout, int validTokens)
    implements StoredChunk {

  /**
   * @param numbers (layers, 2, Hk, S, e)
   */
  public static PackedChunk of(ChunkForm form, KvFormat format, float[] numbers, int validTokens) {
    ByteBuffer wide = Bfloat16.round(numbers);
    SegmentShape shape = new SegmentShape(1, form, 0, format);
    if (format == KvFormat.BF16) {
      return new PackedChunk(MemorySegment.ofBuffer(wide), null, shape.layout(), validTokens);
    }
    ByteBuffer stored = ByteBuffer.allocate(shape.numberBytes());
    ByteBuffer scales =
        ByteBuffer.allocate(shape.layout().scaleBytes()).order(ByteOrder.LITTLE_ENDIAN);
    new FineKeysValues(shape).quantize(wide, validTokens, stored, scales);
    if (stored.hasRemaining() || scales.hasRemaining()) {
      throw new IllegalStateException("not all of the chunk was written");
    }
    return new PackedChunk(
        MemorySegment.ofBuffer(stored.flip()),
        MemorySegment.ofBuffer(scales.flip()),
        shape.layout(),
        validTokens);
  }

  @Override
  public void close() {}
}
