package dev.cairn.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.Together;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexicalIndexesTest {

  @TempDir Path folder;

  private LexicalIndexes indexes;

  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    indexes = new LexicalIndexes(folder, 8);
  }

  @AfterEach
  void close() {
    indexes.close();
  }

  private IndexedSegment segment(String... texts) {
    return segment(UUID.randomUUID(), texts);
  }

  private IndexedSegment segment(UUID id, String... texts) {
    return new IndexedSegment(
        id,
        texts.length,
        () -> {
          made.incrementAndGet();
          return List.of(texts);
        });
  }

  @Test
  void findsTheChunkThatHoldsTheWordsInAnyOfTheirForms() {
    IndexedSegment segment =
        segment("The granary burned.", "Nadia signed contracts.", "", "A contract about nothing");

    float[] scores = indexes.score(List.of(segment), "Who SIGNS the contract?");

    assertThat(scores).hasSize(4);
    assertThat(scores[1]).isGreaterThan(scores[3]).isLessThan(1);
    assertThat(scores[3]).isPositive();
    assertThat(scores[0]).isZero();
    assertThat(scores[2]).isZero();
  }

  @Test
  void aRareWordCountsMoreThanACommonOne() {
    IndexedSegment segment = segment("a red house", "a red boat", "a red tree", "a blue house");

    float[] scores = indexes.score(List.of(segment), "red blue");

    assertThat(scores[3]).isGreaterThan(scores[0]);
  }

  @Test
  void aWordThatNoChunkHoldsMakesAllScoresLower() {
    IndexedSegment segment = segment("the copper quarry", "an orchard");

    float known = indexes.score(List.of(segment), "copper quarry")[0];
    float halfKnown = indexes.score(List.of(segment), "copper quarry aviary")[0];

    assertThat(halfKnown).isLessThan(known);
  }

  @Test
  void segmentsAreScoredAsOneTextWhateverElseIsIndexed() {
    String[] texts = {"red house", "blue boat boat", "green tree", "red boat", "a house of trees"};
    float[] whole = indexes.score(List.of(segment(texts)), "red boat of trees");
    indexes.index(segment("red red red boat", "boat"));

    float[] apart =
        indexes.score(
            List.of(segment(Arrays.copyOf(texts, 2)), segment(Arrays.copyOfRange(texts, 2, 5))),
            "red boat of trees");

    for (int chunk = 0; chunk < texts.length; chunk++) {
      assertThat(apart[chunk]).isCloseTo(whole[chunk], within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "the of and",
        "AND OR NOT",
        "\"a* b?~ +(c) [d TO e] text:f\\",
        "苹果 树",
        "🙂"
      })
  void anyTextIsAQuestion(String question) {
    assertThat(indexes.score(List.of(segment("nothing", "of that kind")), question))
        .containsExactly(0, 0);
  }

  @Test
  void aQuestionOfMoreWordsThanLuceneTakesIsScoredByItsFirst() {
    StringBuilder question = new StringBuilder("copper ");
    IntStream.range(0, 5_000).forEach(i -> question.append("w").append(i).append(' '));

    float[] scores = indexes.score(List.of(segment("copper", "w4999")), question.toString());

    assertThat(scores[0]).isPositive();
    assertThat(scores[1]).isZero();
  }

  @Test
  void noSegmentsHaveNoScores() {
    assertThat(indexes.score(List.of(), "red")).isEmpty();
  }

  @Test
  void anIndexIsMadeOnceAndFoundAgain() throws IOException {
    IndexedSegment segment = segment("a copper quarry", "an orchard");
    float[] first = indexes.score(List.of(segment), "quarry");
    indexes.close();
    indexes = new LexicalIndexes(folder, 8);

    assertThat(indexes.contains(segment.id())).isTrue();
    assertThat(indexes.score(List.of(segment), "quarry")).isEqualTo(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void aDamagedIndexIsMadeAnew() throws IOException {
    IndexedSegment segment = segment("a copper quarry", "an orchard");
    float[] whole = indexes.score(List.of(segment), "quarry");
    indexes.close();
    for (Path file : files(segment.id())) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 0) {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    indexes = new LexicalIndexes(folder, 8);

    assertThat(indexes.score(List.of(segment), "quarry")).isEqualTo(whole);
    assertThat(made).hasValue(2);
  }

  @Test
  void anIndexOfAnotherNumberOfChunksIsMadeAnew() throws IOException {
    IndexedSegment segment = segment("a copper quarry", "an orchard");
    indexes.index(segment);
    indexes.close();
    indexes = new LexicalIndexes(folder, 8);

    assertThat(indexes.score(List.of(segment(segment.id(), "one", "quarry", "two")), "quarry"))
        .hasSize(3)
        .satisfies(scores -> assertThat(scores[1]).isPositive());
  }

  @Test
  void whatCannotBeReadIsNotIndexedAndMayBeLater() {
    UUID id = UUID.randomUUID();
    IndexedSegment unreadable =
        new IndexedSegment(
            id,
            1,
            () -> {
              throw new IllegalStateException("damaged");
            });

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> indexes.index(unreadable))
        .withMessage("damaged");
    assertThat(indexes.contains(id)).isFalse();
    assertThat(indexes.score(List.of(segment(id, "copper")), "copper")[0]).isPositive();
  }

  @Test
  void aForgottenIndexIsGoneFromTheFolder() throws IOException {
    IndexedSegment gone = segment("copper");
    IndexedSegment kept = segment("quarry");
    indexes.index(gone);
    indexes.index(kept);

    indexes.forget(List.of(gone.id()));

    assertThat(indexes.segments()).isEqualTo(Set.of(kept.id()));
    assertThat(indexes.contains(gone.id())).isFalse();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void manyMayForgetTheSameSegmentsAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      IndexedSegment gone = segment("amber", "copper");
      indexes.index(gone);

      Together.call(
          8,
          () -> {
            indexes.forget(List.of(gone.id()));
            return true;
          });

      assertThat(indexes.segments()).isEmpty();
    }
  }

  @Test
  void moreIndexesThanMayStayOpenAreStillAllScored() {
    List<IndexedSegment> segments = new ArrayList<>();
    IntStream.range(0, 30).forEach(i -> segments.add(segment("chunk " + i, "copper")));

    float[] scores = indexes.score(segments, "copper");

    assertThat(IntStream.range(0, 60).filter(chunk -> scores[chunk] > 0).toArray())
        .isEqualTo(IntStream.range(0, 30).map(i -> 2 * i + 1).toArray());
  }

  @Test
  void twoProcessesMakeTheSameIndexOnlyOnce() throws IOException {
    IndexedSegment segment =
        segment(
            IntStream.range(0, 20_000)
                .mapToObj(i -> "copper quarry orchard " + i)
                .toArray(String[]::new));
    try (LexicalIndexes other = new LexicalIndexes(folder, 8)) {
      var here = CompletableFuture.supplyAsync(() -> indexes.score(List.of(segment), "7"));
      var there = CompletableFuture.supplyAsync(() -> other.score(List.of(segment), "7"));

      assertThat(here.join()).isEqualTo(there.join());
      assertThat(here.join()[7]).isPositive();
    }
  }

  private List<Path> files(UUID segment) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve(segment.toString()))) {
      all.forEach(files::add);
    }
    return files;
  }
}
