package dev.cairn.model;

import static dev.cairn.model.Sizes.require;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and how tensors are computed.
 *
 * @param device {@code cpu} or {@code cuda:N}, for which {@code gpuN} may be given
 * @param path the number format of encoding; null chooses the quicker one by timing
 * @param threads native threads of one operation, at least 1
 */
public record ComputeSettings(String device, @Nullable ComputePath path, int threads) {

  private static final String PROCESSOR = "cpu";
  private static final Pattern CUDA = Pattern.compile("(?:cuda:|gpu)(\\d{1,3})");

  /**
   * @throws IllegalArgumentException when there can be no such device, or no such number of threads
   */
  public ComputeSettings {
    require(
        device.equals(PROCESSOR) || CUDA.matcher(device).matches(),
        "the device must be cpu, cuda:N or gpuN, not " + device);
    device = device.replaceFirst("^gpu", "cuda:");
    require(threads >= 1, "threads must be at least 1, not " + threads);
  }

  /** The number of the GPU; empty for the processor. */
  public OptionalInt gpu() {
    Matcher cuda = CUDA.matcher(device);
    return cuda.matches() ? OptionalInt.of(Integer.parseInt(cuda.group(1))) : OptionalInt.empty();
  }
}
