package dev.cairn.tokenizer;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.CheckpointException;
import dev.cairn.gguf.GgufException;
import dev.cairn.gguf.GgufMetadata;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Turns text into token ids. The strings of added tokens are plain text to it: the native tokenizer
 * that serves text knows none of them, and their ids come from templates alone. Safe for many
 * threads.
 */
public final class TextTokenizer implements AutoCloseable {

  private static final String FILE = "tokenizer.json";
  private static final String START = "<|im_start|>";
  private static final String END = "<|im_end|>";

  private final PlainText text;
  private final AddedTokens added;
  private final BlankBefore blankBefore;
  private final OptionalInt startToken;
  private final int begunCharacters;

  private TextTokenizer(TokenizerFile file) {
    added = file.addedTokens();
    blankBefore = file.blankBefore();
    startToken = file.startToken();
    begunCharacters = file.fallsBackToBytes() ? 3 : 1;
    text = new PlainText(file);
  }

  /**
   * Reads the tokenizer of a checkpoint: its tokenizer.json (the format of the Hugging Face
   * tokenizers library), or else the vocabulary of its GGUF file.
   *
   * @param path a folder, or a file of a GGUF model
   * @throws CheckpointException when it is missing or malformed, lacks a control token of the
   *     prompt form, has more ids than the configuration, or would give other tokens for text that
   *     is cut before white space
   */
  public static TextTokenizer open(Path path) {
    return open(path, Checkpoint.form(path));
  }

  /** As {@link #open(Path)}, where the form of the model is known already. */
  public static TextTokenizer open(Path path, ModelForm form) {
    int rows = form.decoder().vocabSize();
    return switch (form) {
      case Hsa hsa -> ofTurns(path.resolve(FILE), rows);
      case Layers layers when Checkpoint.isGguf(path) ->
          ofGguf(Checkpoint.ggufMetadata(path), rows);
      case Layers layers -> ofJson(path.resolve(FILE), rows);
    };
  }

  private static TextTokenizer ofTurns(Path json, int rows) {
    TokenizerFile file = TokenizerFile.read(json);
    for (String needed : List.of(START, END)) {
      if (file.addedTokens().id(needed).isEmpty()) {
        throw file.unsupported("it has no added token " + needed);
      }
    }
    return of(file, rows);
  }

  /**
   * Reads a tokenizer.json of any decoder.
   *
   * @param rows how many ids the decoder has embeddings for
   * @throws CheckpointException when it is missing or malformed, has a greater id, or would give
   *     other tokens for text that is cut before white space
   */
  public static TextTokenizer ofJson(Path json, int rows) {
    return of(TokenizerFile.read(json), rows);
  }

  /**
   * The tokenizer of a model in GGUF: a tokenizer.json beside its first file decides where there is
   * one, otherwise the file's own vocabulary.
   *
   * @param rows how many ids the decoder has embeddings for
   * @throws CheckpointException as for {@link #ofJson}; or when a key of the vocabulary is missing
   *     or says something that is not known
   */
  public static TextTokenizer ofGguf(GgufMetadata metadata, int rows) {
    Path beside = metadata.file().resolveSibling(FILE);
    return Files.exists(beside) ? ofJson(beside, rows) : ofVocabulary(metadata, rows);
  }

  static TextTokenizer ofVocabulary(GgufMetadata metadata, int rows) {
    try {
      return of(GgufVocabulary.read(metadata).tokenizer(), rows);
    } catch (GgufException e) {
      throw new CheckpointException(
          CheckpointException.Reason.CONFIG_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private static TextTokenizer of(TokenizerFile file, int rows) {
    file.requireIdsBelow(rows);
    return new TextTokenizer(file);
  }

  public Tokens tokenize(String text) {
    return tokenize(text, PlainText.PIECE_CHARS);
  }

  /** Pieces of the given length; package-private for the proof that it does not matter. */
  Tokens tokenize(String text, int pieceChars) {
    return this.text.tokenize(text, pieceChars);
  }

  /**
   * Tokenizes text of any length, in bounded memory where the tokenizer is of bytes; offsets count
   * from the reader's first character.
   */
  public void tokenize(Reader text, Consumer<Tokens> pieces) throws IOException {
    this.text.tokenize(new BufferedReader(text), PlainText.PIECE_CHARS, pieces);
  }

  /** The text of the ids, special tokens left out. A broken character becomes U+FFFD. */
  public String decode(int... ids) {
    return decode(ids, true);
  }

  /**
   * @param first whether nothing stands before: then the blank is taken away that the tokenizer
   *     puts before a text
   */
  String decode(int[] ids, boolean first) {
    StringBuilder decoded = new StringBuilder();
    int begin = 0;
    for (int i = 0; i <= ids.length; i++) {
      if (i == ids.length || added.contains(ids[i])) {
        decoded.append(text.decode(Arrays.stream(ids, begin, i).asLongStream().toArray()));
        decoded.append(i == ids.length ? "" : added.text(ids[i]).orElse(""));
        begin = i + 1;
      }
    }
    boolean blank = first && blankBefore != BlankBefore.NOTHING && decoded.indexOf(" ") == 0;
    return decoded.substring(blank ? 1 : 0);
  }

  /** Whether an id stands for text. */
  boolean hasText(int id) {
    return !added.text(id).equals(Optional.of(""));
  }

  /** How many U+FFFD a character that has only begun decodes to at most. */
  int begunCharacters() {
    return begunCharacters;
  }

  /** The token that the checkpoint wants before everything, if it wants one. */
  public OptionalInt startToken() {
    return startToken;
  }

  /** The added token that is written so in a template. */
  public OptionalInt addedToken(String content) {
    return added.id(content);
  }

  /**
   * The ids of what stands before everything: the start token if the checkpoint wants one, once,
   * and a template whose added tokens are one id each.
   */
  public int[] prefix(String template) {
    List<AddedTokens.Piece> pieces = added.split(template);
    boolean written =
        !pieces.isEmpty()
            && pieces.getFirst() instanceof AddedTokens.Control(int id)
            && startToken.equals(OptionalInt.of(id));
    return written ? ids(pieces, true) : join(startToken.stream().toArray(), ids(pieces, true));
  }

  /**
   * The ids of a question in its template, which follows other text. Added tokens of the template
   * are one id each; the question is text as it stands, encoded together with what is beside it.
   *
   * @param template with one {@value PromptTemplate#PLACEHOLDER}
   */
  public int[] prompt(String template, String question) {
    return ids(PromptTemplate.fill(added.split(template), question), false);
  }

  /**
   * @param first whether nothing stands before
   */
  private int[] ids(List<AddedTokens.Piece> pieces, boolean first) {
    int[][] parts = new int[pieces.size()][];
    for (int i = 0; i < parts.length; i++) {
      boolean blank = i == 0 ? first : blankBefore == BlankBefore.EVERY_TEXT;
      parts[i] =
          switch (pieces.get(i)) {
            case AddedTokens.Control(int id) -> new int[] {id};
            case AddedTokens.Text(String piece) ->
                blank ? tokenize(piece).ids() : text.continued(piece);
          };
    }
    return join(parts);
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
        new int[] {control(START)},
        tokenize(role + "\n" + text).ids(),
        new int[] {control(END)},
        tokenize("\n").ids());
  }

  /** What an answer is written behind: {@code <|im_start|>assistant}, a line end. */
  public int[] answerStart() {
    return join(new int[] {control(START)}, tokenize("assistant\n").ids());
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }

  public int endTokenId() {
    return control(END);
  }

  private int control(String content) {
    return added
        .id(content)
        .orElseThrow(() -> new IllegalStateException("the tokenizer has no " + content));
  }

  @Override
  public void close() {
    text.close();
  }
}
