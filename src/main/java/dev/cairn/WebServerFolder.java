package dev.cairn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Where requests lie while they are received. Tomcat would leave its folder behind at the end. */
@Component
class WebServerFolder
    implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(WebServerFolder.class);

  private @Nullable Path folder;

  @Override
  public void customize(ConfigurableTomcatWebServerFactory server) {
    // A start that is told to end may give up without destroying what it has made.
    SpringApplication.getShutdownHandlers().add(this::destroy);
    try {
      folder = Files.createTempDirectory("cairn-requests-");
      server.setBaseDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void destroy() {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      LOG.warn("The folder of received requests stays: {}", folder, e);
    }
  }
}
