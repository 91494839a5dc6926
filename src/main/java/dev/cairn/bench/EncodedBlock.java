package dev.cairn.bench;

import dev.cairn.model.DocumentEncoder;
import dev.cairn.model.EncodedChunks;
import dev.cairn.segment.SegmentWriter;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;

/**
 * What is stored of a block of tokens.
 *
 * @param sentences of each chunk; none when the checkpoint names no sentence encoder
 */
record EncodedBlock(int[] ids, EncodedChunks chunks, float[][] sentences) {

  static EncodedBlock of(BenchModel model, DocumentEncoder encoder, int... ids) {
    float[][] sentences =
        model.sentences().map(each -> each.embedChunks(model.texts(ids))).orElse(new float[0][]);
    return new EncodedBlock(ids, encoder.encode(ids), sentences);
  }

  /** The characters that tokens stand for are not known. */
  void appendTo(SegmentWriter segment) throws IOException {
    segment.append(chunks, new Tokens(ids, new long[ids.length], new int[ids.length]));
    if (sentences.length > 0) {
      segment.appendSentences(sentences);
    }
  }
}
