package dev.cairn.segment;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.KvFormat;
import dev.cairn.safetensors.SafetensorsHeader;
import dev.cairn.safetensors.TensorEntry;
import dev.cairn.safetensors.TensorType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a segment file in the order in which they lie in it: keys and values first, since
 * they are written as they are computed, with their scales when these are many; then the tables,
 * which are small, wide numbers first; and the checksums last. All little-endian; the first axis of
 * all but the last is C, the chunks.
 *
 * <p>Axes: L layers whose keys and values are kept, Hk key-value heads, S chunk_size, e head_dim, r
 * retrieval_dim.
 */
public enum SegmentPart {
  /** (C, 2, Hk, S, e) in version 1, (C, L, 2, Hk, S, e) in version 2; INT4 has half the e. */
  KEYS_VALUES("kv"),
  /** (C, L, Hk, e + S): what the numbers of version 2 count; of INT8 and INT4 only. */
  FINE_SCALE("kv_scale", TensorType.F16),
  /** (C, S): first code point of each token. */
  CHAR_START("char_start", TensorType.I64),
  /** (C, S): vocabulary ids; 0 where no token is. */
  TOKENS("tokens", TensorType.I32),
  /** (C, S): code points of each token. */
  CHAR_LENGTH("char_length", TensorType.I32),
  /** (C): how many of the S places hold a token. */
  VALID_TOKENS("valid_tokens", TensorType.I32),
  /** (C): of each chunk's keys and values, and of its scales behind them in version 2. */
  CHUNK_CRC32C("chunk_crc32c", TensorType.U32),
  /** (C): of each chunk's rows of tokens, char_start and char_length, in this order. */
  PLACE_CRC32C("place_crc32c", TensorType.U32),
  /** (C, 2, Hk): what a number of each head's keys, then values, counts; of INT8 in version 1. */
  KV_SCALE("kv_scale", TensorType.F32),
  /** (C): what a number of the row below counts. */
  SENTENCE_SCALE("sentence_scale", TensorType.F32),
  /** (C, r); absent where r is 0. */
  LANDMARKS("landmarks", TensorType.BF16),
  /** (C, sentence encoder's dimension) */
  SENTENCE("sentence", TensorType.I8),
  /** (1 + tables): of the header, then of each table in the order of the file. */
  PART_CRC32C("part_crc32c", TensorType.U32);

  private final String tensor;

  private final @Nullable TensorType type;

  /** Of the type that a segment's {@link KvFormat} says. */
  SegmentPart(String tensor) {
    this.tensor = tensor;
    this.type = null;
  }

  SegmentPart(String tensor, TensorType type) {
    this.tensor = tensor;
    this.type = type;
  }

  String tensor() {
    return tensor;
  }

  /** All parts of a file of that shape. */
  static List<SegmentPart> of(SegmentShape shape) {
    return Arrays.stream(values()).filter(part -> part.isIn(shape)).toList();
  }

  boolean isIn(SegmentShape shape) {
    return switch (this) {
      case SENTENCE, SENTENCE_SCALE -> shape.sentenceDim() > 0;
      case LANDMARKS -> shape.form().landmarkDim() > 0;
      case KV_SCALE -> shape.kvFormat().isScaled() && shape.version() == 1;
      case FINE_SCALE -> shape.kvFormat().isScaled() && shape.version() > 1;
      default -> true;
    };
  }

  /** Those that are read chunk by chunk: the keys and values, and fine scales. */
  static List<SegmentPart> chunkPartsOf(SegmentShape shape) {
    return FINE_SCALE.isIn(shape) ? List.of(KEYS_VALUES, FINE_SCALE) : List.of(KEYS_VALUES);
  }

  /** Those between them and the checksums. */
  static List<SegmentPart> tablesOf(SegmentShape shape) {
    List<SegmentPart> parts = of(shape);
    return parts.subList(chunkPartsOf(shape).size(), parts.size() - 1);
  }

  SafetensorsHeader.Form form(SegmentShape shape) {
    return new SafetensorsHeader.Form(tensor, type(shape), axes(shape));
  }

  private TensorType type(SegmentShape shape) {
    return type == null ? shape.kvFormat().type() : type;
  }

  boolean isAt(TensorEntry entry, SegmentShape shape) {
    return entry.name().equals(tensor)
        && entry.type() == type(shape)
        && entry.hasShape(axes(shape));
  }

  private long[] axes(SegmentShape shape) {
    long c = shape.chunks();
    ChunkForm form = shape.form();
    return switch (this) {
      case KEYS_VALUES -> keysValuesAxes(shape);
      case FINE_SCALE ->
          new long[] {c, form.layers(), form.heads(), (long) form.headDim() + form.size()};
      case CHAR_START, TOKENS, CHAR_LENGTH -> new long[] {c, form.size()};
      case VALID_TOKENS, CHUNK_CRC32C, PLACE_CRC32C, SENTENCE_SCALE -> new long[] {c};
      case KV_SCALE -> new long[] {c, 2, form.heads()};
      case LANDMARKS -> new long[] {c, form.landmarkDim()};
      case SENTENCE -> new long[] {c, shape.sentenceDim()};
      case PART_CRC32C -> new long[] {1 + tablesOf(shape).size()};
    };
  }

  private static long[] keysValuesAxes(SegmentShape shape) {
    long c = shape.chunks();
    ChunkForm form = shape.form();
    long elements = form.headDim() / shape.kvFormat().numbersOfElement();
    return shape.version() == 1
        ? new long[] {c, 2, form.heads(), form.size(), elements}
        : new long[] {c, form.layers(), 2, form.heads(), form.size(), elements};
  }

  long bytes(SegmentShape shape) {
    return type(shape).bytes(axes(shape));
  }

  /** Bytes of one chunk. */
  long rowBytes(SegmentShape shape) {
    return bytes(shape) / shape.chunks();
  }
}
