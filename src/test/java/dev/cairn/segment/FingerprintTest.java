package dev.cairn.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.checkpoint.SentenceSettings;
import dev.cairn.model.ComputePath;
import dev.cairn.model.KvFormat;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private final Checkpoint tiny = Checkpoint.open(Path.of("src/test/resources/golden/tiny"));

  @Test
  void whateverChangesMakesAnotherFingerprint() {
    List<Checkpoint> changed =
        List.of(
            tiny,
            changed("0", tiny.tokenizerSha256(), tiny.configSha256(), null),
            changed(tiny.weightsSha256(), "0", tiny.configSha256(), null),
            changed(tiny.weightsSha256(), tiny.tokenizerSha256(), "0", null),
            changed(tiny.weightsSha256(), tiny.tokenizerSha256(), tiny.configSha256(), sentence()));
    Set<String> fingerprints = new HashSet<>();
    for (Checkpoint checkpoint : changed) {
      for (ComputePath path : ComputePath.values()) {
        for (KvFormat format : KvFormat.values()) {
          fingerprints.add(Fingerprint.of(checkpoint, path, format).sha256());
        }
      }
    }
    assertThat(fingerprints)
        .hasSize(changed.size() * ComputePath.values().length * KvFormat.values().length);
  }

  @Test
  void theSameCheckpointHasTheSameFingerprint() {
    Checkpoint again = Checkpoint.open(Path.of("src/test/resources/golden/tiny"));
    assertThat(Fingerprint.of(again, ComputePath.FLOAT32, KvFormat.INT8))
        .isEqualTo(Fingerprint.of(tiny, ComputePath.FLOAT32, KvFormat.INT8));
  }

  private Checkpoint changed(
      String weights, String tokenizer, String config, @Nullable SentenceSettings sentence) {
    return new Checkpoint(tiny.folder(), tiny.form(), sentence, weights, tokenizer, config);
  }

  private static SentenceSettings sentence() {
    return new SentenceSettings("any", 1, "", 1, new float[1], new float[1], "0");
  }
}
