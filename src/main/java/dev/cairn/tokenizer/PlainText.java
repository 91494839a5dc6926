package dev.cairn.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plain text to ids and back, by the native library. Long text is cut into pieces only where the
 * tokens do not change ({@link TextPieces}), and not at all unless the tokenizer is of bytes, so
 * that streamed and one-piece ids and offsets are equal.
 */
final class PlainText implements AutoCloseable {

  static final int PIECE_CHARS = 100_000;

  private final HuggingFaceTokenizer alone;

  /** For text behind other text; the same where no blank is put before a text. */
  private final HuggingFaceTokenizer behind;

  private final boolean cuts;

  PlainText(TokenizerFile file) {
    alone = file.plain(true);
    behind = file.blankBefore() == BlankBefore.NOTHING ? alone : file.plain(false);
    cuts = file.isByteLevel();
    try {
      requireCuts(file);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void requireCuts(TokenizerFile file) {
    String probe = "A b.\n\nC's  12 +\t-\r\n\n d\u00A0\u00A0e é\u0301 😀 \n";
    if (!Arrays.equals(tokenize(probe, 1).ids(), tokenize(probe, PIECE_CHARS).ids())) {
      throw file.unsupported("its tokens reach over the start of white space");
    }
  }

  Tokens tokenize(String text, int pieceChars) {
    List<Tokens> pieces = new ArrayList<>();
    try {
      tokenize(new StringReader(text), pieceChars, pieces::add);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return Tokens.join(pieces);
  }

  void tokenize(Reader text, int pieceChars, Consumer<Tokens> target) throws IOException {
    TextPieces pieces = cuts ? new TextPieces(text, pieceChars) : TextPieces.whole(text);
    long offset = 0;
    for (Optional<String> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
      target.accept(encode(alone, piece.get(), offset));
      offset += piece.get().codePointCount(0, piece.get().length());
    }
  }

  /** The ids of text that follows other text: no blank is put before it. */
  int[] continued(String text) {
    return alone == behind ? tokenize(text, PIECE_CHARS).ids() : encode(behind, text, 0).ids();
  }

  private static Tokens encode(HuggingFaceTokenizer tokenizer, String piece, long offset) {
    Encoding encoding = tokenizer.encode(piece, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    return new Tokens(
        Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray(),
        Arrays.stream(spans).mapToLong(span -> offset + span.getStart()).toArray(),
        lengths(spans, piece.codePointCount(0, piece.length())));
  }

  /**
   * Each token reaches to the start of the next at least. Where normalisation joined characters,
   * the library counts the first of them alone.
   */
  private static int[] lengths(CharSpan[] spans, int end) {
    int[] lengths = new int[spans.length];
    int next = end;
    for (int i = spans.length - 1; i >= 0; i--) {
      if (i + 1 < spans.length && spans[i].getStart() < spans[i + 1].getStart()) {
        next = spans[i + 1].getStart();
      }
      lengths[i] = Math.max(spans[i].getEnd(), next) - spans[i].getStart();
    }
    return lengths;
  }

  /** The text of ids that are no added tokens', a blank that was put before it included. */
  String decode(long[] ids) {
    return alone.decode(ids, false);
  }

  @Override
  public void close() {
    alone.close();
    if (behind != alone) {
      behind.close();
    }
  }
}
