package dev.cairn;

import dev.cairn.cli.LaunchSettings;
import dev.cairn.engine.Model;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when the server is ready, where it listens and what it works with. */
@Component
class StartUpAnnouncement {

  private static final Logger log = LoggerFactory.getLogger(StartUpAnnouncement.class);

  private static final String ANNOUNCEMENT =
      """
      Cairn listens on http://{}:{} (version {}).
        Model {} on {}, encoding in {}.
        Data in {}.
        Log: {}.
        To stop it: Ctrl-C, or kill {}.""";

  private final Model model;
  private final Environment settings;

  StartUpAnnouncement(Model model, Environment settings) {
    this.model = model;
    this.settings = settings;
  }

  @EventListener(ApplicationReadyEvent.class)
  void announce() {
    log.info(
        ANNOUNCEMENT,
        settings.getProperty("server.address", "localhost"),
        settings.getProperty("local.server.port"),
        LaunchSettings.load().version(),
        model.checkpoint().folder(),
        model.device(),
        model.path(),
        absolute(settings.getRequiredProperty("cairn.data")),
        logFile(),
        ProcessHandle.current().pid());
  }

  private String logFile() {
    String file = settings.getProperty("logging.file.name");
    return file == null
        ? "these lines; --logging.file.name=FILE keeps them"
        : absolute(file).toString();
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  /** The variables are read by glibc, so other systems have no use for them. */
  @EventListener(ApplicationReadyEvent.class)
  void warnOfSlowAllocation() {
    LaunchSettings wanted = LaunchSettings.load();
    if (System.getProperty("os.name").equals("Linux") && !wanted.inForce(System.getenv())) {
      log.warn(
          "The C library is not set up for large tensors; encoding may be many times slower. Start with ./cairn serve, or with: {}",
          wanted.command());
    }
  }
}
