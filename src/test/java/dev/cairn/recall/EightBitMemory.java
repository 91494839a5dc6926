package dev.cairn.recall;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.KvLayout;
import dev.cairn.model.StoredChunk;
import dev.cairn.segment.QuantizedKeysValues;
import dev.cairn.segment.SegmentShape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;

/** The chunks of another memory as if they had been stored in eight bits. */
final class EightBitMemory extends ForwardingMemory {

  private final SegmentShape shape;

  EightBitMemory(ChunkMemory memory, SegmentShape shape) {
    super(memory);
    this.shape = shape;
  }

  @Override
  public StoredChunk[] hold(int[] chunks) {
    return Arrays.stream(super.hold(chunks)).map(this::quantized).toArray(StoredChunk[]::new);
  }

  private StoredChunk quantized(StoredChunk chunk) {
    try (chunk) {
      ByteBuffer numbers = ByteBuffer.allocate(shape.form().bytes() / Short.BYTES);
      ByteBuffer scales =
          ByteBuffer.allocate(2 * shape.form().heads() * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      QuantizedKeysValues.quantize(
          chunk.keysValues().asByteBuffer(), shape, chunk.validTokens(), numbers, scales);
      return new ReadChunk(
          new ChunkKey(new UUID(0, 0), 0),
          MemorySegment.ofBuffer(numbers.flip()),
          MemorySegment.ofBuffer(scales.flip()),
          KvLayout.HEAD_SCALES,
          chunk.validTokens());
    }
  }
}
