package dev.cairn.database;

import dev.cairn.disk.DiskSettings;
import dev.cairn.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The data folder, and the embedded database in it unless a data source is configured. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Whatever writes into the data folder depends on it by this name. */
  private static final String DATA_FOLDER = "dataFolder";

  /** With a database in it, the folder is this process's alone. */
  @Bean(DATA_FOLDER)
  @Conditional(NoDataSource.class)
  FolderLock ownDataFolder(DataSettings settings) {
    return FolderLock.take(settings.folder());
  }

  /** With a database elsewhere, all its processes share the folder. */
  @Bean(DATA_FOLDER)
  @Conditional(HasDataSource.class)
  Path sharedDataFolder(DataSettings settings) {
    return DataFolder.make(settings.folder());
  }

  /** Before the database starts, which needs room. */
  @Bean
  @Conditional(NoDataSource.class)
  DiskSpace ownDisk(FolderLock ownFolder, DiskSettings settings) throws IOException {
    return DiskSpace.ofDatabase(ownFolder.folder(), settings);
  }

  @Bean
  @Conditional(HasDataSource.class)
  DiskSpace sharedDisk(@Qualifier(DATA_FOLDER) Path data, DiskSettings settings)
      throws IOException {
    return DiskSpace.ofFiles(data, settings);
  }

  /** Closed after everything that holds a connection, because their pool depends on it. */
  @Bean
  @DependsOn("ownDisk")
  @Conditional(NoDataSource.class)
  EmbeddedPostgres embeddedPostgres(FolderLock ownFolder, DatabaseSettings settings)
      throws IOException {
    return new EmbeddedPostgres(ownFolder, settings);
  }

  @Bean
  @Conditional(NoDataSource.class)
  JdbcConnectionDetails embeddedConnection(EmbeddedPostgres postgres) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return PostgresCluster.USER;
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

  /** A data source is configured. */
  static class HasDataSource extends NoDataSource {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !super.matches(context, metadata);
    }
  }

  /** No data source is configured. */
  static class NoDataSource implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return DataFolder.isOfOneProcess(context.getEnvironment());
    }
  }
}
