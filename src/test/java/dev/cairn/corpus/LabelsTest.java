package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.OnCatalogue;
import dev.cairn.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnCatalogue
class LabelsTest {

  @Autowired private Labels labels;

  @Test
  void metadataComesBackAsItWasSent() {
    Map<String, Object> metadata = Map.of("path", "C:\\u0000x", "pages", 12, "tags", "é 🦑");
    assertThat(labels.metadata(labels.metadata(metadata))).isEqualTo(metadata);
  }

  @Test
  void metadataThatTheDatabaseCannotHoldIsRefused() {
    assertThatThrownBy(() -> labels.metadata(Map.of("a", "x\u0000y"))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> labels.metadata(Map.of("a", "\uDC00"))).isInstanceOf(Problem.class);
  }

  @Test
  void metadataHasAtMost16384Bytes() {
    String overhead = "{\"a\":\"\"}";
    String longest = "x".repeat(16_384 - overhead.length());
    assertThat(labels.metadata(Map.of("a", longest))).hasSize(16_384);
    assertThatThrownBy(() -> labels.metadata(Map.of("a", longest + "x")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cairn.memory.metadata-bytes");
  }
}
