package dev.cairn.memory;

/**
 * Names everything that the stored bytes depend on. Encodings under another fingerprint than the
 * loaded one are never read.
 *
 * @param sha256 lower-case hex
 * @param tokenizerSha256 of the tokenizer alone
 * @param chunkTokens tokens of a chunk
 */
public record Fingerprint(String sha256, String tokenizerSha256, int chunkTokens) {

  /** Chunks of a stretch, at most. */
  public static final int CHUNKS_PER_STRETCH = 1024;

  /** Tokens of a stretch, at most. */
  public int stretchTokens() {
    return CHUNKS_PER_STRETCH * chunkTokens;
  }
}
