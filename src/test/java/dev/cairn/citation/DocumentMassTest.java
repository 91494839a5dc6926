package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.recall.ChunkPlace;
import dev.cairn.tokenizer.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentMassTest {

  private static final UUID FIRST = new UUID(0, 1);
  private static final UUID SECOND = new UUID(0, 2);

  /** Chunk numbers 0 and 1 are chunks 0 and 1 of the first document, 2 is chunk 0 of the second. */
  private static final List<ChunkPlace> PLACES =
      List.of(
          new ChunkPlace(FIRST, "a", 0, tokens(0, 10, 20, 30)),
          new ChunkPlace(FIRST, "a", 1, tokens(40, 50)),
          new ChunkPlace(SECOND, "b", 0, tokens(0, 10, 20, 30)));

  @Test
  void gathersTheChunksOfEachDocument() {
    var read = read(Map.of(0, mass(1, 0, 0, 0), 1, mass(1, 0, 0, 0), 2, mass(0, 0, 0, 1)));

    assertThat(read).extracting(DocumentMass::documentId).containsExactly(FIRST, SECOND);
    assertThat(read.getFirst().tokens())
        .extracting(AttendedToken::index)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(read.getFirst().tokens().get(4).range()).isEqualTo(new TextRange(40, 50));
    assertThat(read.getLast().title()).isEqualTo("b");
  }

  @Test
  void marksTokensAboveAnEvenShareOfTheirOwnChunk() {
    var read = read(Map.of(0, mass(4, 2, 1, 1), 1, mass(0.03, 0.01, 0, 0)));

    assertThat(read.getFirst().tokens())
        .extracting(AttendedToken::salient)
        .containsExactly(true, false, false, false, true, false);
  }

  @Test
  void countsATokenWhereItsLastCharacterLies() {
    var read = read(Map.of(0, mass(1, 2, 4, 8))).getFirst();

    assertThat(read.mass(new TextRange(0, 40))).isEqualTo(15);
    assertThat(read.mass(new TextRange(11, 20))).isEqualTo(2);
    assertThat(read.mass(new TextRange(10, 19))).isZero();
    assertThat(read.mass(new TextRange(0, 20)) + read.mass(new TextRange(20, 40))).isEqualTo(15);
  }

  @Test
  void marksTheWordsOfAQuoteThatDrewMoreThanAnEvenShare() {
    var read = read(Map.of(0, mass(1, 2, 4, 9))).getFirst();

    assertThat(read.marks(new TextRange(0, 40), "🦑bcdefghij klmnopqrs tuvwxyz12 cdefghijk"))
        .containsExactly(new Mark(31, 40, 9.0 / 16));
    assertThat(read.marks(new TextRange(11, 30), "klmnopqrs tuvwxyz12")).isEmpty();
  }

  private static List<DocumentMass> read(Map<Integer, double[]> byChunk) {
    return List.copyOf(DocumentMass.all(new AnswerMass(new TreeMap<>(byChunk), 1), PLACES::get));
  }

  private static double[] mass(double... mass) {
    return mass;
  }

  /** Tokens of ten characters each. */
  private static Tokens tokens(long... starts) {
    int[] lengths = new int[starts.length];
    Arrays.fill(lengths, 10);
    return new Tokens(new int[starts.length], starts, lengths);
  }
}
