package dev.cairn.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.OnCatalogue;
import dev.cairn.Together;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnCatalogue
class FixedValuesTest {

  @Autowired private FixedValues settings;

  @Test
  void aValueIsChosenOnceWhoeverIsFirst() throws Exception {
    assertThat(settings.find("colour")).isEmpty();
    List<String> kept =
        Together.call(8, () -> settings.keep("colour", UUID.randomUUID().toString()));
    assertThat(kept).containsOnly(kept.getFirst());
    assertThat(settings.keep("colour", "blue")).isEqualTo(kept.getFirst());
    assertThat(settings.find("colour")).contains(kept.getFirst());
  }
}
