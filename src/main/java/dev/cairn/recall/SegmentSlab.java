package dev.cairn.recall;

import dev.cairn.kernel.ByteRows;
import dev.cairn.kernel.EightBits;
import dev.cairn.kernel.Kernel;
import dev.cairn.segment.SegmentFile;
import dev.cairn.segment.SegmentIndex;
import dev.cairn.segment.SegmentPart;
import dev.cairn.segment.SegmentShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What every question scans of one segment, verified and outside the heap: landmarks, in BF16 and
 * in eight bits where there are any, and sentence landmarks. Shared by the questions that read it;
 * its memory is freed when the last holder lets go. Made with one holder.
 */
final class SegmentSlab {

  /** A processor's cache line. */
  static final long ALIGNMENT = 64;

  private static final Kernel KERNEL = Kernel.fastest();

  private final SegmentIndex index;

  private final Arena arena = Arena.ofShared();

  private final MemorySegment landmarks; // BF16 (C, r), little-endian

  private final ByteRows quantized;

  private final ByteRows sentences;

  private final AtomicInteger holders = new AtomicInteger(1);

  SegmentSlab(SegmentFile file) {
    this.index = file.index();
    this.landmarks = landmarks(file);
    this.quantized = quantize();
    this.sentences = sentences(file);
  }

  private ByteRows quantize() {
    int dim = landmarkDim();
    ByteRows rows = ByteRows.allocate(dim == 0 ? 0 : chunks(), dim, arena);
    float[] landmark = new float[dim];
    byte[] numbers = new byte[dim];
    for (int chunk = 0; dim > 0 && chunk < chunks(); chunk++) {
      readLandmark(chunk, landmark);
      float scale = EightBits.scale(landmark);
      for (int i = 0; i < dim; i++) {
        numbers[i] = EightBits.number(landmark[i], scale);
      }
      rows.put(chunk, numbers, scale);
    }
    return rows;
  }

  private ByteRows sentences(SegmentFile file) {
    int dim = index.shape().sentenceDim();
    ByteRows rows = ByteRows.allocate(dim == 0 ? 0 : chunks(), dim, arena);
    byte[] numbers = new byte[dim];
    for (int chunk = 0; dim > 0 && chunk < chunks(); chunk++) {
      file.tables().row(SegmentPart.SENTENCE, chunk).get(numbers);
      rows.put(chunk, numbers, file.tables().row(SegmentPart.SENTENCE_SCALE, chunk).getFloat());
    }
    return rows;
  }

  private MemorySegment landmarks(SegmentFile file) {
    if (landmarkDim() == 0) {
      return MemorySegment.NULL;
    }
    MemorySegment source = MemorySegment.ofBuffer(file.tables().part(SegmentPart.LANDMARKS));
    return arena.allocate(source.byteSize(), ALIGNMENT).copyFrom(source);
  }

  /** r; 0 when the chunks have no landmarks. */
  int landmarkDim() {
    return index.shape().form().landmarkDim();
  }

  SegmentIndex index() {
    return index;
  }

  int chunks() {
    return index.shape().chunks();
  }

  /** Reads the landmark of a chunk, (r). */
  void readLandmark(int chunk, float[] target) {
    long at = (long) chunk * target.length * Short.BYTES;
    KERNEL.widenBfloat16(landmarks, at, target.length, target, 0);
  }

  /** The same landmarks in eight bits, for the first pass of a scan. */
  ByteRows quantized() {
    return quantized;
  }

  /** Empty when the checkpoint names no sentence encoder. */
  ByteRows sentences() {
    return sentences;
  }

  /** Bytes outside the heap. */
  long byteSize() {
    return landmarks.byteSize() + quantized.byteSize() + sentences.byteSize();
  }

  /** Bytes that came from the store. */
  long storedBytes() {
    SegmentShape shape = index.shape();
    int sentenceBytes = shape.sentenceDim() == 0 ? 0 : shape.sentenceDim() + Float.BYTES;
    return landmarks.byteSize() + (long) chunks() * sentenceBytes;
  }

  /** Adds a holder, unless the memory is freed already. */
  boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Takes a holder away. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      arena.close();
    }
  }
}
