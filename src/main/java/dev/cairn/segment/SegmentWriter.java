package dev.cairn.segment;

import dev.cairn.model.EncodedChunks;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes the segment of one stretch into a staged blob, which the caller publishes after {@link
 * #finish()}. Keys and values pass through as they come, into fewer bits where the shape says so;
 * the tables are held until the end: about 2 KB a chunk. Equal input gives equal bytes. Used by one
 * thread.
 */
public final class SegmentWriter {

  private final StagedBlob blob;

  private final SegmentShape shape;

  private final SegmentTables tables;

  private final ByteBuffer fineScales; // of all chunks, little-endian

  private final int headerCrc32c;

  private final MessageDigest sha256 = newSha256();

  private int chunks;

  private int sentences;

  /** Writes the header. */
  public SegmentWriter(StagedBlob blob, SegmentIdentity identity, SegmentShape shape)
      throws IOException {
    this.blob = blob;
    this.shape = shape;
    this.tables = new SegmentTables(shape);
    int scaleBytes = Math.multiplyExact(shape.chunks(), shape.layout().scaleBytes());
    this.fineScales = ByteBuffer.allocate(scaleBytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer header = ByteBuffer.wrap(SegmentHeader.encode(identity, shape));
    this.headerCrc32c = Crc32c.of(header);
    write(header);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    sha256.update(bytes.duplicate());
    blob.write(bytes.duplicate());
  }

  /**
   * Appends the next chunks.
   *
   * @param tokens the tokens of these chunks and no others
   */
  public void append(EncodedChunks block, Tokens tokens) throws IOException {
    int first = chunks;
    chunks = Math.addExact(chunks, block.chunks());
    require(chunks <= shape.chunks(), "too many chunks");
    require(block.keysValues().remaining() == block.chunks() * shape.form().bytes(), "odd kv size");
    putLandmarks(first, block);
    putPlaces(first, block.validTokens(), tokens);
    ByteBuffer keysValues = stored(first, block);
    for (int i = 0; i < block.chunks(); i++) {
      ByteBuffer numbers = slice(keysValues, i, shape.numberBytes());
      tables
          .row(SegmentPart.CHUNK_CRC32C, first + i)
          .putInt(Crc32c.of(numbers, fineScales(first + i)));
    }
    write(keysValues);
  }

  /** Those of one chunk; none where the tables have them. */
  private ByteBuffer fineScales(int chunk) {
    int bytes = shape.layout().scaleBytes();
    return fineScales.slice(chunk * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The keys and values as the file is to hold them. */
  private ByteBuffer stored(int first, EncodedChunks block) {
    return shape.kvFormat().isScaled() ? quantized(first, block) : block.keysValues();
  }

  private ByteBuffer quantized(int first, EncodedChunks block) {
    ByteBuffer numbers = ByteBuffer.allocate(block.chunks() * shape.numberBytes());
    FineKeysValues fine = new FineKeysValues(shape);
    for (int i = 0; i < block.chunks(); i++) {
      ByteBuffer keysValues = slice(block.keysValues(), i, shape.form().bytes());
      int valid = block.validTokens()[i];
      if (SegmentPart.FINE_SCALE.isIn(shape)) {
        fine.quantize(keysValues, valid, numbers, fineScales(first + i));
      } else {
        ByteBuffer scales = tables.row(SegmentPart.KV_SCALE, first + i);
        QuantizedKeysValues.quantize(keysValues, shape, valid, numbers, scales);
      }
    }
    return numbers.flip();
  }

  private static ByteBuffer slice(ByteBuffer rows, int row, int rowBytes) {
    return rows.slice(rows.position() + row * rowBytes, rowBytes);
  }

  private void putLandmarks(int first, EncodedChunks block) {
    ByteBuffer landmarks = block.landmarks().duplicate();
    int rowBytes = (int) SegmentPart.LANDMARKS.rowBytes(shape);
    require(landmarks.remaining() == block.chunks() * rowBytes, "odd landmarks size");
    if (SegmentPart.LANDMARKS.isIn(shape)) {
      tables.part(SegmentPart.LANDMARKS).position(first * rowBytes).put(landmarks);
    }
  }

  private void putPlaces(int first, int[] validTokens, Tokens tokens) {
    require(first + validTokens.length == chunks, "odd count of valid tokens");
    int next = 0;
    for (int i = 0; i < validTokens.length; i++) {
      int valid = validTokens[i];
      require(valid > 0 && valid <= shape.form().size(), "a chunk without tokens");
      require(next + valid <= tokens.count(), "too few tokens");
      putPlace(first + i, tokens, next, valid);
      next += valid;
    }
    require(next == tokens.count(), "too many tokens");
  }

  private void putPlace(int chunk, Tokens tokens, int from, int count) {
    ByteBuffer ids = tables.row(SegmentPart.TOKENS, chunk);
    ByteBuffer starts = tables.row(SegmentPart.CHAR_START, chunk);
    ByteBuffer lengths = tables.row(SegmentPart.CHAR_LENGTH, chunk);
    ids.asIntBuffer().put(tokens.ids(), from, count);
    starts.asLongBuffer().put(tokens.charStart(), from, count);
    lengths.asIntBuffer().put(tokens.charLength(), from, count);
    tables.row(SegmentPart.VALID_TOKENS, chunk).putInt(count);
    tables.row(SegmentPart.PLACE_CRC32C, chunk).putInt(Crc32c.of(ids, starts, lengths));
  }

  /**
   * Appends the sentence landmarks of the next chunks, at any time before the end.
   *
   * @param vectors (chunks, sentence encoder's dimension): centred, of length 1 or all zeros
   */
  public void appendSentences(float[][] vectors) {
    for (float[] vector : vectors) {
      require(sentences < shape.chunks(), "too many sentence landmarks");
      require(vector.length == shape.sentenceDim(), "odd sentence landmark size");
      float scale = SentenceRow.quantize(vector, tables.row(SegmentPart.SENTENCE, sentences));
      tables.row(SegmentPart.SENTENCE_SCALE, sentences).putFloat(scale);
      sentences++;
    }
  }

  /**
   * Writes what is left, once all chunks are there.
   *
   * @return what the catalogue is to hold of the file
   */
  public SegmentManifest finish() throws IOException {
    require(chunks == shape.chunks(), "too few chunks");
    require(shape.sentenceDim() == 0 || sentences == chunks, "too few sentence landmarks");
    tables.seal(headerCrc32c);
    write(fineScales);
    write(tables.bytes());
    return new SegmentManifest(
        blob.length(),
        HexFormat.of().formatHex(sha256.digest()),
        Integer.toUnsignedLong(headerCrc32c),
        chunks);
  }

  private static void require(boolean condition, String fault) {
    if (!condition) {
      throw new IllegalArgumentException("not what the segment was made for: " + fault);
    }
  }
}
