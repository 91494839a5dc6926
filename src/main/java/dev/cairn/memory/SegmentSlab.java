package dev.cairn.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What every question scans of one segment, verified and outside the heap: landmarks, in BF16 and
 * in eight bits, and sentence landmarks. Shared by the questions that read it; its memory is freed
 * when the last holder lets go. Made with one holder.
 */
final class SegmentSlab {

  /** Rows may then be read as if they were aligned to a processor's cache line. */
  static final long ALIGNMENT = 64;

  private final SegmentIndex index;

  private final Arena arena = Arena.ofShared();

  private final MemorySegment landmarks;

  private final QuantizedLandmarks quantized;

  private final MemorySegment sentences;

  private final MemorySegment sentenceScales;

  private final AtomicInteger holders = new AtomicInteger(1);

  SegmentSlab(SegmentFile file) {
    this.index = file.index();
    this.landmarks = copy(file, SegmentPart.LANDMARKS);
    this.quantized =
        QuantizedLandmarks.of(landmarks, file.shape().chunks(), file.shape().retrievalDim(), arena);
    boolean hasSentences = file.shape().sentenceDim() > 0;
    this.sentences = hasSentences ? copy(file, SegmentPart.SENTENCE) : MemorySegment.NULL;
    this.sentenceScales =
        hasSentences ? copy(file, SegmentPart.SENTENCE_SCALE) : MemorySegment.NULL;
  }

  private MemorySegment copy(SegmentFile file, SegmentPart part) {
    MemorySegment source = MemorySegment.ofBuffer(file.tables().part(part));
    return arena.allocate(source.byteSize(), ALIGNMENT).copyFrom(source);
  }

  SegmentIndex index() {
    return index;
  }

  int chunks() {
    return index.shape().chunks();
  }

  /** BF16 (C, r), little-endian. */
  MemorySegment landmarks() {
    return landmarks;
  }

  /** The same landmarks in eight bits, for the first pass of a scan. */
  QuantizedLandmarks quantized() {
    return quantized;
  }

  /** I8 (C, dimension); empty when the checkpoint names no sentence encoder. */
  MemorySegment sentences() {
    return sentences;
  }

  /** F32 (C), little-endian; empty when the checkpoint names no sentence encoder. */
  MemorySegment sentenceScales() {
    return sentenceScales;
  }

  /** Bytes outside the heap. */
  long byteSize() {
    return storedBytes() + quantized.byteSize();
  }

  /** Bytes that came from the store. */
  long storedBytes() {
    return landmarks.byteSize() + sentences.byteSize() + sentenceScales.byteSize();
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
