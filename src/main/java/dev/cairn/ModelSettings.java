package dev.cairn;

import dev.cairn.model.ComputePath;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The checkpoint and where it is computed.
 *
 * @param model folder of the checkpoint
 * @param device {@code cpu}, {@code cuda:N} or {@code gpuN}
 * @param threads native threads; 0 takes one for each processor
 * @param computePath number format of encoding; null keeps the one that was quicker when the data
 *     folder was new
 */
@Validated
@ConfigurationProperties("cairn")
record ModelSettings(
    @NotNull Path model,
    @DefaultValue("cpu") @NotBlank String device,
    @DefaultValue("0") @PositiveOrZero int threads,
    @Nullable ComputePath computePath) {

  int threadsOrAll() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
