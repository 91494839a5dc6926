package dev.cairn.vector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Sampler;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.AnswerDecoder;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.DecodedSequence;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.FloatMemory;
import dev.cairn.model.Golden;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import dev.cairn.model.ScheduledSequence;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * Golden's question about golden's documents, answered greedily by a checkpoint of a pretrained
 * decoder.
 *
 * @param ids as many as golden has
 * @param logits (ids, V), what each was chosen from
 */
public record GoldenAnswer(int[] ids, float[] logits) {

  /** That a checkpoint gives the ids of the golden one that it was made from. */
  public static void assertGiven(Checkpoint checkpoint, String variant) throws IOException {
    try (Golden golden = Golden.open(variant)) {
      assertThat(of(checkpoint, golden).ids()).isEqualTo(golden.ids("greedy.ids"));
    }
  }

  public static GoldenAnswer of(Checkpoint checkpoint, Golden golden) {
    return of(checkpoint, golden, Kernel.fastest());
  }

  public static GoldenAnswer of(Checkpoint checkpoint, Golden golden, Kernel kernel) {
    Layers form = (Layers) checkpoint.form();
    try (Arena arena = Arena.ofShared();
        Products products = new Products(kernel, 2)) {
      int[] prefix = golden.ids("prefix.ids");
      LayersNetwork network = LayersNetwork.read(checkpoint, form, prefix, products, arena);
      FloatMemory memory = memory(network, products, golden);
      return greedy(new LayersDecoder(network, products), form.decoder(), memory, golden);
    }
  }

  /** Golden's documents and prior. */
  static FloatMemory memory(LayersNetwork network, Products products, Golden golden) {
    FloatMemory memory = new FloatMemory(network.form().chunk());
    for (String document : List.of("document_a", "document_b")) {
      LayersDocumentPass pass = new LayersDocumentPass(network, products);
      Layers form = network.form();
      int[] ids = golden.ids(document + ".ids");
      memory.add(EncodeFloats.document(pass, form.blockTokens(), form.chunk(), ids));
    }
    return memory.prior(golden.floats("prior.values"));
  }

  /** By any decoder of the form. */
  public static GoldenAnswer greedy(
      AnswerDecoder decoder, DecoderShape shape, ChunkMemory memory, Golden golden) {
    int[] next = golden.ids("prompt.ids");
    int[] found = new int[golden.ids("greedy.ids").length];
    DecodedSequence sequence = decoder.open(next, next.length + found.length, memory);
    float[] logits = new float[found.length * shape.vocabSize()];
    Sampler sampler = new Sampler(Sampling.greedy(found.length));
    for (int i = 0; i < found.length; i++) {
      ScheduledSequence.Prediction predicted = step(decoder, sequence, next);
      int to = i * shape.vocabSize();
      System.arraycopy(predicted.logits(), predicted.logitsAt(), logits, to, shape.vocabSize());
      found[i] = sampler.next(logits, to, shape.tokens());
      next = new int[] {found[i]};
    }
    decoder.close(sequence);
    return new GoldenAnswer(found, logits);
  }

  public static ScheduledSequence.Prediction step(
      AnswerDecoder decoder, DecodedSequence sequence, int... ids) {
    ScheduledSequence scheduled = new ScheduledSequence(sequence, ids, true);
    decoder.step(List.of(scheduled));
    assertThat(scheduled.failure()).isNull();
    return requireNonNull(scheduled.prediction());
  }
}
