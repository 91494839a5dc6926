package dev.cairn.bench;

import dev.cairn.answer.TurnForm;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Model;
import dev.cairn.model.ComputeSettings;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentShape;
import dev.cairn.sentence.SentenceEncoder;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loaded checkpoint and the text that it reads. */
final class BenchModel implements AutoCloseable {

  private static final String BUNDLED = "/demo/the-magic-fishbone.txt";

  private static final String QUESTIONS = "/demo/questions.txt";

  private final Path folder;

  private final Model model;

  private final TextTokenizer tokenizer;

  private final Optional<SentenceEncoder> sentences;

  /** On the processor, in the quicker number format. */
  BenchModel(Path folder) {
    this(folder, DeviceBench.on("cpu", null));
  }

  BenchModel(Path folder, ComputeSettings settings) {
    this.folder = folder;
    this.tokenizer = TextTokenizer.open(folder);
    this.model = Model.load(Checkpoint.open(folder), settings);
    this.sentences = sentences(Machine.cores());
  }

  Model model() {
    return model;
  }

  TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** A question without earlier turns. */
  int[] prompt(String question) {
    return TurnForm.of(model.form(), tokenizer).question(question);
  }

  Fingerprint fingerprint(KvFormat stored) {
    return Fingerprint.of(model.checkpoint(), model.path(), stored);
  }

  /** Of a segment of so many chunks. */
  SegmentShape shape(int chunks, KvFormat stored) {
    int sentenceDim = sentences.map(SentenceEncoder::dimension).orElse(0);
    return new SegmentShape(chunks, model.form().chunk(), sentenceDim, stored);
  }

  /** The sentence encoder that the checkpoint names, if it names one, on all cores. */
  Optional<SentenceEncoder> sentences() {
    return sentences;
  }

  /** The same on other threads; the caller closes it. */
  Optional<SentenceEncoder> sentences(int threads) {
    return Optional.ofNullable(model.checkpoint().sentence())
        .map(settings -> SentenceEncoder.open(settings, threads));
  }

  /**
   * The first tokens of a text, whole blocks of the encoder; a short text comes again and again.
   *
   * @param text null for the bundled one
   */
  int[] tokens(@Nullable Path text, int blocks, int blockTokens) throws IOException {
    int[] read = tokens(text);
    int[] tokens = new int[blocks * blockTokens];
    Arrays.setAll(tokens, i -> read[i % read.length]);
    return tokens;
  }

  /**
   * All tokens of a text.
   *
   * @param text null for the bundled one
   */
  int[] tokens(@Nullable Path text) throws IOException {
    return tokenizer.tokenize(text == null ? bundled(BUNDLED) : Files.readString(text)).ids();
  }

  /**
   * @param file a question a line; null for those of the bundled text
   */
  List<String> questions(@Nullable Path file) throws IOException {
    return (file == null ? bundled(QUESTIONS) : Files.readString(file)).lines().toList();
  }

  private static String bundled(String name) throws IOException {
    try (InputStream text = BenchModel.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What each chunk of a block says, for the sentence encoder. */
  List<String> texts(int[] block) {
    int chunk = model.form().chunk().size();
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < block.length; from += chunk) {
      int to = Math.min(block.length, from + chunk);
      texts.add(tokenizer.decode(Arrays.copyOfRange(block, from, to)));
    }
    return texts;
  }

  @Override
  public void close() {
    sentences.ifPresent(SentenceEncoder::close);
    model.close();
    tokenizer.close();
  }
}
