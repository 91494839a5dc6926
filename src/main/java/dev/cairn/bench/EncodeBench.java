package dev.cairn.bench;

import dev.cairn.checkpoint.WeightCount;
import dev.cairn.kernel.ProductSize;
import dev.cairn.model.ComputePath;
import dev.cairn.model.DocumentEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How quickly documents are encoded, against the best of many matrix products in the same number
 * format on all cores. Counted are 2 x tokens x weights of the matrices that documents pass.
 *
 * @param path null for every number format
 * @param blocks how many are measured, each after the other
 */
public record EncodeBench(
    Path checkpoint, @Nullable Path text, @Nullable ComputePath path, int blocks) {

  private static final int WARM_UP_BLOCKS = 4;

  private static final int TRIALS = 20;

  private static final List<ProductSize> PEAKS =
      List.of(new ProductSize(2048, 576, 1536), new ProductSize(4096, 4096, 4096));

  public Report run(Consumer<String> progress) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (ComputePath each : path == null ? ComputePath.values() : new ComputePath[] {path}) {
      progress.accept("encoding in " + each);
      try (BenchModel model = new BenchModel(checkpoint, DeviceBench.on("cpu", each))) {
        measure(model, rows);
      }
    }
    return Report.of("%,d blocks after %d others".formatted(blocks, WARM_UP_BLOCKS), rows);
  }

  private void measure(BenchModel model, List<Row> rows) throws IOException {
    String suffix = ", " + model.model().path();
    Spread speed = tokensPerSecond(model, text, WARM_UP_BLOCKS, blocks);
    double operations = 2.0 * WeightCount.ofDocuments(model.model().form());
    rows.add(Row.of("encoding" + suffix, speed, "tokens/s"));
    for (ProductSize size : PEAKS) {
      double peak = size.operations() / model.model().productNanos(size, TRIALS) * 1e9;
      String name = "%dx%dx%d".formatted(size.rows(), size.in(), size.out());
      rows.add(
          Row.of("encoding" + suffix, speed.map(each -> each * operations / 1e9), "GFLOP/s")
              .with(
                  speed.map(each -> each * operations / peak),
                  "linear %s, %.0f GFLOP/s".formatted(name, peak / 1e9)));
    }
  }

  /** Of blocks of a text, one after the other, behind others that are not counted. */
  static Spread tokensPerSecond(BenchModel model, @Nullable Path text, int warmUps, int blocks)
      throws IOException {
    try (DocumentEncoder encoder = model.model().encoder()) {
      int length = encoder.blockTokens();
      int[] tokens = model.tokens(text, warmUps + blocks, length);
      double[] speeds = new double[blocks];
      for (int block = 0; block < warmUps + blocks; block++) {
        int[] ids = Arrays.copyOfRange(tokens, block * length, (block + 1) * length);
        double seconds = Stopwatch.seconds(() -> encoder.encode(ids));
        if (block >= warmUps) {
          speeds[block - warmUps] = length / seconds;
        }
      }
      return Spread.of(speeds);
    }
  }
}
