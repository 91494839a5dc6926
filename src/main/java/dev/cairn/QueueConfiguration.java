package dev.cairn;

import dev.cairn.database.DataFolder;
import dev.cairn.job.QueueOwner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The queues lie in the database: where it is one process's alone, they are. */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

  @Bean
  QueueOwner queueOwner(Environment settings) {
    return DataFolder.isOfOneProcess(settings)
        ? QueueOwner.THIS_PROCESS
        : QueueOwner.MANY_PROCESSES;
  }
}
