package dev.cairn.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.cairn.checkpoint.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Turns text into token ids. Special-token strings are plain text to it: the native tokenizer that
 * serves text knows no added tokens, and control ids are inserted by number. Long text is cut into
 * pieces only where the tokens do not change ({@link TextPieces}), so that streamed and one-piece
 * ids and offsets are equal. Safe for many threads.
 */
public final class TextTokenizer implements AutoCloseable {

  private static final int PIECE_CHARS = 100_000;

  private final HuggingFaceTokenizer text;
  private final ControlTokens control;

  private TextTokenizer(HuggingFaceTokenizer text, ControlTokens control) {
    this.text = text;
    this.control = control;
  }

  /**
   * Reads a checkpoint's tokenizer.json (the format of the Hugging Face tokenizers library).
   *
   * @throws CheckpointException when it is missing or malformed, lacks a control token of the
   *     prompt form, has more ids than the configuration, or would give other tokens for text that
   *     is cut before white space
   */
  public static TextTokenizer open(Path folder) {
    TokenizerFile file = TokenizerFile.read(folder.resolve("tokenizer.json"));
    file.requireIdsBelow(Checkpoint.form(folder).decoder().vocabSize());
    TextTokenizer tokenizer = new TextTokenizer(file.withoutAddedTokens(), file.controlTokens());
    try {
      tokenizer.requireCuts(file);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    return tokenizer;
  }

  private void requireCuts(TokenizerFile file) {
    String probe = "A b.\n\nC's  12 +\t-\r\n\n d\u00A0\u00A0e é\u0301 😀 \n";
    if (!Arrays.equals(tokenize(probe, 1).ids(), tokenize(probe, PIECE_CHARS).ids())) {
      throw file.unsupported("its tokens reach over the start of white space");
    }
  }

  public Tokens tokenize(String text) {
    return tokenize(text, PIECE_CHARS);
  }

  /** Pieces of the given length; package-private for the proof that it does not matter. */
  Tokens tokenize(String text, int pieceChars) {
    List<Tokens> pieces = new ArrayList<>();
    try {
      tokenize(new TextPieces(new StringReader(text), pieceChars), pieces::add);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return Tokens.join(pieces);
  }

  /**
   * Tokenizes text of any length in bounded memory; offsets count from the reader's first
   * character.
   */
  public void tokenize(Reader text, Consumer<Tokens> pieces) throws IOException {
    tokenize(new TextPieces(new BufferedReader(text), PIECE_CHARS), pieces);
  }

  private void tokenize(TextPieces text, Consumer<Tokens> pieces) throws IOException {
    long offset = 0;
    for (Optional<String> piece = text.next(); piece.isPresent(); piece = text.next()) {
      pieces.accept(encode(piece.get(), offset));
      offset += piece.get().codePointCount(0, piece.get().length());
    }
  }

  private Tokens encode(String piece, long offset) {
    Encoding encoding = text.encode(piece, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    return new Tokens(
        Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray(),
        Arrays.stream(spans).mapToLong(span -> offset + span.getStart()).toArray(),
        Arrays.stream(spans).mapToInt(span -> span.getEnd() - span.getStart()).toArray());
  }

  /** The text of the ids, control tokens left out. A broken character becomes U+FFFD. */
  public String decode(int... ids) {
    long[] texts = Arrays.stream(ids).filter(id -> !control.contains(id)).asLongStream().toArray();
    return text.decode(texts, false);
  }

  /** The prompt of a question without earlier turns. */
  public int[] prompt(String question) {
    return join(turn("user", question), answerStart());
  }

  /**
   * One turn of a conversation, control ids included: {@code <|im_start|>} and the role, a line
   * end, the text, {@code <|im_end|>}, a line end.
   */
  public int[] turn(String role, String text) {
    return join(
        new int[] {control.start()},
        tokenize(role + "\n" + text).ids(),
        new int[] {control.end()},
        tokenize("\n").ids());
  }

  /** What an answer is written behind: {@code <|im_start|>assistant}, a line end. */
  public int[] answerStart() {
    return join(new int[] {control.start()}, tokenize("assistant\n").ids());
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }

  public int endTokenId() {
    return control.end();
  }

  @Override
  public void close() {
    text.close();
  }
}
