package dev.cairn.model;

import org.jspecify.annotations.Nullable;

/**
 * Where and how tensors are computed.
 *
 * @param device {@code cpu} or {@code cuda:N}
 * @param path the number format of encoding; null chooses the quicker one by timing
 * @param threads native threads of one operation, at least 1
 */
public record ComputeSettings(String device, @Nullable ComputePath path, int threads) {

  public ComputeSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }
}
