package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.catalogue.EncodingSettings;
import dev.cairn.catalogue.FixedValues;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Model;
import dev.cairn.model.ComputePath;
import dev.cairn.model.KvFormat;
import dev.cairn.segment.Fingerprint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnCatalogue
class ModelConfigurationTest {

  @Autowired private FixedValues settings;
  @Autowired private JdbcClient jdbc;

  @Test
  void theQuickerComputePathIsKeptAndOnlyASettingChangesIt() {
    jdbc.sql("delete from setting where name = 'compute-path'").update();
    ComputePath timed = pathOf(null);
    assertThat(settings.find("compute-path")).contains(timed.name());

    ComputePath other = timed == ComputePath.FLOAT32 ? ComputePath.BFLOAT16 : ComputePath.FLOAT32;
    jdbc.sql("update setting set value = :other where name = 'compute-path'")
        .param("other", other.name())
        .update();
    assertThat(pathOf(null)).as("kept, not timed again").isEqualTo(other);
    assertThat(pathOf(timed)).as("set").isEqualTo(timed);
    assertThat(settings.find("compute-path")).contains(other.name());
  }

  @Test
  void fourBitsAreNotForOneLayerOfKeysAndValues() {
    ModelConfiguration configuration = configuration(ComputePath.FLOAT32);
    Checkpoint tiny = configuration.checkpoint();
    try (Model model = configuration.model(tiny, settings)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> configuration.fingerprint(tiny, model, new EncodingSettings(1, KvFormat.INT4)))
          .withMessageContaining("cairn.memory.kv-format=INT4")
          .withMessageContaining("hsa");
      Fingerprint eightBits =
          configuration.fingerprint(tiny, model, new EncodingSettings(1, KvFormat.INT8));
      assertThat(eightBits.kvFormat()).isEqualTo(KvFormat.INT8);
    }
  }

  private static ModelConfiguration configuration(@Nullable ComputePath set) {
    return new ModelConfiguration(
        new ModelSettings(Path.of("src/test/resources/golden/tiny"), "cpu", 1, set));
  }

  private ComputePath pathOf(@Nullable ComputePath set) {
    var configuration = configuration(set);
    try (Model model = configuration.model(configuration.checkpoint(), settings)) {
      return model.path();
    }
  }
}
