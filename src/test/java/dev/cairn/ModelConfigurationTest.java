package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalogue.FixedValues;
import dev.cairn.engine.Model;
import dev.cairn.model.ComputePath;
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

  private ComputePath pathOf(@Nullable ComputePath set) {
    var configuration =
        new ModelConfiguration(
            new ModelSettings(Path.of("src/test/resources/golden/tiny"), "cpu", 1, set));
    try (Model model = configuration.model(configuration.checkpoint(), settings)) {
      return model.path();
    }
  }
}
