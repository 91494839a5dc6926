package dev.cairn.start;

import dev.cairn.database.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/** What would end a start later, or never be noticed, ends it before anything is started. */
public final class StartChecks implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment settings = event.getEnvironment();
    new GivenSettings(settings).check();
    ServerAddress.of(settings).requireFree();
    requireModel(settings.getProperty("cairn.model", ""));
    DataFolder.requireUsable(settings);
  }

  private static void requireModel(String path) {
    if (!Files.exists(Path.of(path))) {
      throw SettingException.unusable(
          "There is no model at %s: name the folder of a checkpoint or a GGUF file with --cairn.model."
              .formatted(Path.of(path).toAbsolutePath().normalize()));
    }
  }
}
