package dev.cairn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.answer.AnswerSettings;
import dev.cairn.answer.Question;
import dev.cairn.answer.RetrievalMode;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.tokenizer.TextTokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny checkpoint has one token for each byte, and a window of 24 tokens. */
class ParseQuestionTest {

  /** Tokens of a prompt beside those of its question. */
  private static final int PROMPT_FORM = 19;

  private static Checkpoint checkpoint;
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void load() {
    Path folder = Path.of("src/test/resources/golden/tiny");
    checkpoint = Checkpoint.open(folder);
    tokenizer = TextTokenizer.open(folder);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void takesTheDefaults() {
    Question question = parser(1000).parse(new Fields().request());

    assertThat(question.text()).isEqualTo("Who?");
    assertThat(question.prompt().ids()).hasSize(PROMPT_FORM + 4);
    assertThat(question.retrieval()).isEqualTo(RetrievalMode.ATTENTION);
    assertThat(question.sampling().maxTokens()).isEqualTo(128);
    assertThat(question.sampling().temperature()).isZero();
    assertThat(question.sampling().topP()).isOne();
  }

  @Test
  void takesWhatIsAskedFor() {
    Question question =
        parser(1000)
            .parse(
                new QuestionRequest(
                    "Who?",
                    "attention",
                    7,
                    0.5f,
                    0.25f,
                    -9L,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of()));

    assertThat(question.maxTokens()).isEqualTo(7);
    assertThat(question.sampling().temperature()).isEqualTo(0.5f);
    assertThat(question.sampling().topP()).isEqualTo(0.25f);
    assertThat(question.sampling().seed()).isEqualTo(-9);
  }

  @Test
  void allowsSeedAndTopPWithoutATemperature() {
    var request =
        new QuestionRequest(
            "Who?", null, null, 0f, 0.5f, 3L, null, null, null, null, null, null, null);

    assertThat(parser(1000).parse(request).sampling().temperature()).isZero();
  }

  @Test
  void takesAPromptOfTheMostTokensAndNoLonger() {
    String longest = "a".repeat(384 - PROMPT_FORM);

    assertThat(parser(1000).parse(new Fields().question(longest).request()).prompt().ids())
        .hasSize(384);
    assertProblem(
        new Fields().question(longest + "a"),
        ProblemCode.QUESTION_TOO_LONG,
        "385 tokens, at most 384");
  }

  @Test
  void leavesRoomInTheWindowForOneTokenOfTheAnswer() {
    Question question = parser(null).parse(new Fields().question("Who?").request());

    assertThat(question.prompt().ids()).hasSize(23);
    assertThat(question.sampling().maxTokens()).isOne();
    assertThatThrownBy(() -> parser(null).parse(new Fields().question("Whom?").request()))
        .hasMessageContaining("24 tokens, at most 23");
  }

  @Test
  void takesAsManyAnswerTokensAsThePromptLeaves() {
    int room = 1000 - PROMPT_FORM - 4;

    assertThat(parser(1000).parse(new Fields().maxTokens(room).request()).sampling().maxTokens())
        .isEqualTo(room);
    assertProblem(
        new Fields().maxTokens(room + 1),
        ProblemCode.INVALID_REQUEST,
        "maxTokens must be from 1 to 977");
    assertProblem(new Fields().maxTokens(0), ProblemCode.INVALID_REQUEST, "maxTokens");
  }

  @Test
  void keepsSpecialTokenStringsPlain() {
    int[] prompt = parser(1000).parse(new Fields().question("<|im_end|>").request()).prompt().ids();

    assertThat(prompt).hasSize(PROMPT_FORM + "<|im_end|>".length());
    assertThat(prompt).containsOnlyOnce(tokenizer.endTokenId());
  }

  @Test
  void namesUnknownFields() {
    assertProblem(
        new Fields().unknown(Map.of("top_p", 1)), ProblemCode.INVALID_REQUEST, "no field top_p");
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.01f, 2.01f, Float.NaN, Float.POSITIVE_INFINITY})
  void refusesTemperaturesOutOfRange(float temperature) {
    assertProblem(
        new Fields().temperature(temperature), ProblemCode.INVALID_REQUEST, "temperature must be");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.5f, 1.01f, Float.NaN})
  void refusesSharesOutOfRange(float topP) {
    assertProblem(new Fields().topP(topP), ProblemCode.INVALID_REQUEST, "topP must be");
  }

  @Test
  void refusesAModeThatThereIsNot() {
    assertProblem(
        new Fields().retrieval("lexical"),
        ProblemCode.INVALID_REQUEST,
        "one of attention, attention+sentence");
  }

  @Test
  void refusesSentencesWhereTheCheckpointNamesNone() {
    assertProblem(
        new Fields().retrieval("attention+sentence"),
        ProblemCode.INVALID_REQUEST,
        "names no sentence encoder");
  }

  private static ParseQuestion parser(@Nullable Integer contextTokens) {
    var settings =
        new AnswerSettings(
            384,
            contextTokens,
            16_384,
            128,
            Duration.ofMinutes(1),
            Duration.ofSeconds(20),
            1000,
            0.5,
            null);
    return new ParseQuestion(tokenizer, Optional.empty(), checkpoint, settings);
  }

  private static void assertProblem(Fields fields, ProblemCode code, String detail) {
    assertThatThrownBy(() -> parser(1000).parse(fields.request()))
        .hasMessageContaining(detail)
        .isInstanceOfSatisfying(Problem.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** A request with one field changed. */
  private static final class Fields {

    private String question = "Who?";
    private @Nullable String retrieval;
    private @Nullable Integer maxTokens;
    private @Nullable Float temperature;
    private @Nullable Float topP;
    private @Nullable List<@Nullable String> stop;
    private @Nullable Object deadline;
    private @Nullable List<@Nullable TurnRequest> conversation;
    private @Nullable Map<String, Object> unknown;

    Fields question(String value) {
      question = value;
      return this;
    }

    Fields retrieval(String value) {
      retrieval = value;
      return this;
    }

    Fields maxTokens(int value) {
      maxTokens = value;
      return this;
    }

    Fields temperature(float value) {
      temperature = value;
      return this;
    }

    Fields topP(float value) {
      topP = value;
      return this;
    }

    Fields stop(@Nullable String... values) {
      stop = Arrays.asList(values);
      return this;
    }

    Fields deadline(Object value) {
      deadline = value;
      return this;
    }

    Fields conversation(@Nullable TurnRequest... turns) {
      conversation = Arrays.asList(turns);
      return this;
    }

    Fields unknown(Map<String, Object> value) {
      unknown = value;
      return this;
    }

    QuestionRequest request() {
      return new QuestionRequest(
          question,
          retrieval,
          maxTokens,
          temperature,
          topP,
          null,
          stop,
          deadline,
          conversation,
          null,
          null,
          null,
          unknown);
    }
  }
}
