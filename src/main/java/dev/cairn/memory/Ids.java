package dev.cairn.memory;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes UUIDv7: ids that ascend in the order in which they are made. */
@Component
class Ids {

  private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

  UUID next() {
    return generator.generate();
  }
}
