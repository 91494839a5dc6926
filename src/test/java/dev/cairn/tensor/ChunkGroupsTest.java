package dev.cairn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.tensor.ChunkGroups.Group;
import org.junit.jupiter.api.Test;

class ChunkGroupsTest {

  private static final int[] CHUNKS = {9, 2, /**/ 5, 2, /**/ 9, 5, /**/ 9, 0};

  private final ChunkGroups groups = ChunkGroups.of(CHUNKS);

  @Test
  void pairsOfAChunkLieSideBySideInTheOrderOfTheirTokens() {
    assertThat(groups.order()).containsExactly(7, 1, 3, 2, 5, 0, 4, 6);
    assertThat(groups.groups())
        .containsExactly(
            new Group(0, 0, 1), new Group(2, 1, 3), new Group(5, 3, 5), new Group(9, 5, 8));
  }

  @Test
  void tokensFollowTheOrder() {
    assertThat(groups.tokens(2)).containsExactly(3, 0, 1, 1, 2, 0, 2, 3);
  }

  @Test
  void placesUndoTheOrder() {
    long[] places = groups.places();
    for (int pair = 0; pair < CHUNKS.length; pair++) {
      assertThat(groups.order()[(int) places[pair]]).isEqualTo(pair);
    }
  }
}
