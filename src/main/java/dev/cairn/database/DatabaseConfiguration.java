package dev.cairn.database;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** The data folder, and the embedded database in it unless a data source is configured. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Whatever writes into the data folder depends on it by this name. */
  @Bean
  FolderLock dataFolder(@Value("${cairn.data}") Path data) throws IOException {
    return FolderLock.take(data);
  }

  /** Closed after everything that holds a connection, because their pool depends on it. */
  @Bean
  @Conditional(NoDataSource.class)
  EmbeddedPostgres embeddedPostgres(FolderLock dataFolder, DatabaseSettings settings)
      throws IOException {
    return new EmbeddedPostgres(dataFolder, settings);
  }

  @Bean
  @Conditional(NoDataSource.class)
  JdbcConnectionDetails embeddedConnection(EmbeddedPostgres postgres) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return EmbeddedPostgres.USER;
      }

      @Override
      public String getPassword() {
        return postgres.password();
      }

      @Override
      public String getJdbcUrl() {
        return postgres.url("postgres");
      }
    };
  }

  /** No data source is configured. */
  static class NoDataSource implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
    }
  }
}
