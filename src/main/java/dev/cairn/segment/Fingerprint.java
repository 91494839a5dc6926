package dev.cairn.segment;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.ComputePath;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.KvFormat;
import dev.cairn.model.ModelForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names everything that the stored bytes depend on. Encodings under another fingerprint than the
 * loaded one are never read.
 *
 * @param sha256 lower-case hex
 * @param tokenizerSha256 of the tokenizer alone
 * @param chunkTokens tokens of a chunk
 * @param chunksPerStretch chunks that one job encodes, at most: whole blocks
 * @param kvFormat that keys and values are stored in
 */
public record Fingerprint(
    String sha256,
    String tokenizerSha256,
    int chunkTokens,
    int chunksPerStretch,
    KvFormat kvFormat) {

  /** Chunks of a stretch, at most. */
  public static final int CHUNKS_PER_STRETCH = 1024;

  /**
   * What a crash costs at most, and what another document waits for, in keys and values as the
   * model gives them.
   */
  private static final int BYTES_PER_STRETCH = 1 << 24;

  /** The fingerprint of what a checkpoint encodes on a compute path, stored in a format. */
  public static Fingerprint of(Checkpoint checkpoint, ComputePath path, KvFormat kvFormat) {
    ChunkForm chunk = checkpoint.form().chunk();
    List<String> parts =
        List.of(
            "weights " + checkpoint.weightsSha256(),
            "tokenizer " + checkpoint.tokenizerSha256(),
            "config " + checkpoint.configSha256(),
            "sentence " + (checkpoint.sentence() == null ? "-" : checkpoint.sentence().sha256()),
            "chunk " + chunk.size(),
            "stretch " + CHUNKS_PER_STRETCH,
            "computed " + path + " " + DocumentEncoder.ARITHMETIC,
            "stored " + kvFormat,
            "segment " + SegmentShape.version(chunk, kvFormat));
    return new Fingerprint(
        sha256(String.join("\n", parts)),
        checkpoint.tokenizerSha256(),
        chunk.size(),
        chunksPerStretch(checkpoint.form()),
        kvFormat);
  }

  private static int chunksPerStretch(ModelForm form) {
    int block = form.blockTokens() / form.chunk().size();
    int chunks = Math.min(CHUNKS_PER_STRETCH, BYTES_PER_STRETCH / form.chunk().bytes());
    return Math.max(1, chunks / block) * block;
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
