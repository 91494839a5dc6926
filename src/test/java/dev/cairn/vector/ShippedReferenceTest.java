package dev.cairn.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.RealModels;
import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.engine.Sampler;
import dev.cairn.kernel.Kernel;
import dev.cairn.kernel.Products;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ChunkRange;
import dev.cairn.model.EncodedChunks;
import dev.cairn.model.HeapChunk;
import dev.cairn.model.Layers;
import dev.cairn.model.Sampling;
import dev.cairn.model.ScheduledSequence;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped checkpoint writes what the reference wrote from the same chunks. Only the blocks that
 * hold them are encoded.
 */
@Tag("slow")
class ShippedReferenceTest {

  private static final Path DOCUMENTS = Path.of("docs/evaluation/development/documents");

  /** Every so manieth question; with 1 all are asked, which takes a quarter of an hour. */
  private static final int STEP = Integer.getInteger("reference.step", 20);

  private static final Logger log = LoggerFactory.getLogger(ShippedReferenceTest.class);
  private static final int MAX_TOKENS = 64;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, List<HeapChunk>> blocks = new HashMap<>();
  private final List<int[]> documents = new ArrayList<>();

  @Test
  void writesWhatTheReferenceWrote() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(RealModels.SHIPPED);
    Layers form = (Layers) checkpoint.form();
    List<JsonNode> lines =
        Files.readAllLines(RealModels.SHIPPED.resolve("reference.jsonl")).stream()
            .map(JSON::readTree)
            .toList();
    try (Arena arena = Arena.ofShared();
        Products products = new Products(Kernel.fastest(), 2);
        TextTokenizer tokenizer = TextTokenizer.open(RealModels.SHIPPED)) {
      tokenize(lines.getFirst(), tokenizer);
      int[] prefix = tokenizer.prefix(form.prompt().prefix());
      LayersNetwork network = LayersNetwork.read(checkpoint, form, prefix, products, arena);
      List<JsonNode> questions =
          IntStream.range(1, lines.size())
              .filter(line -> line % STEP == 0)
              .mapToObj(lines::get)
              .toList();
      int same = 0;
      for (JsonNode question : questions) {
        int[] prompt =
            tokenizer.prompt(form.prompt().question(), question.path("question").asString());
        assertThat(prompt).isEqualTo(ints(question.path("prompt")));
        Fixed memory = memory(question.path("read"), network, products);
        int[] answer = answer(new LayersDecoder(network, products), form, prompt, memory);
        boolean equal = Arrays.equals(answer, ints(question.path("answer")));
        same += equal ? 1 : 0;
        log.info("{}: {}", equal, tokenizer.decode(answer));
      }
      assertThat(same).isGreaterThanOrEqualTo((int) (0.95 * questions.size()));
    }
  }

  private void tokenize(JsonNode head, TextTokenizer tokenizer) throws IOException {
    for (int i = 0; i < head.path("documents").size(); i++) {
      Path file = DOCUMENTS.resolve(head.path("documents").get(i).asString());
      int[] ids = tokenizer.tokenize(Files.readString(file)).ids();
      assertThat(ids).hasSize(head.path("tokens").get(i).asInt());
      documents.add(ids);
    }
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private Fixed memory(JsonNode read, LayersNetwork network, Products products) {
    List<HeapChunk> chunks = new ArrayList<>();
    for (JsonNode place : read) {
      int document = place.get(0).asInt();
      int chunk = place.get(1).asInt();
      int ofBlock = network.form().blocks().chunks();
      List<HeapChunk> block =
          blocks.computeIfAbsent(
              document + " " + chunk / ofBlock,
              unread -> encode(documents.get(document), chunk / ofBlock, network, products));
      chunks.add(block.get(chunk % ofBlock));
    }
    return new Fixed(chunks);
  }

  private static List<HeapChunk> encode(
      int[] ids, int block, LayersNetwork network, Products products) {
    int length = network.form().blockTokens();
    LayersDocumentPass pass = new LayersDocumentPass(network, products);
    if (block > 0) {
      pass.runUp(Arrays.copyOfRange(ids, (block - 1) * length, block * length), () -> {});
    }
    int end = Math.min(ids.length, (block + 1) * length);
    EncodedChunks encoded = pass.encode(Arrays.copyOfRange(ids, block * length, end), () -> {});
    int bytes = network.form().chunk().bytes();
    return IntStream.range(0, encoded.chunks())
        .mapToObj(
            chunk -> {
              byte[] keysValues = new byte[bytes];
              encoded.keysValues().get(chunk * bytes, keysValues);
              return new HeapChunk(keysValues, encoded.validTokens()[chunk]);
            })
        .toList();
  }

  private static int[] answer(LayersDecoder decoder, Layers form, int[] prompt, Fixed memory) {
    LayersSequence sequence = decoder.open(prompt, prompt.length + MAX_TOKENS, memory);
    List<Integer> answer = new ArrayList<>();
    int[] next = prompt;
    Sampler sampler = new Sampler(Sampling.greedy(MAX_TOKENS));
    while (answer.size() < MAX_TOKENS) {
      ScheduledSequence.Prediction predicted = GoldenAnswer.step(decoder, sequence, next);
      int id = sampler.next(predicted.logits(), predicted.logitsAt(), form.decoder().tokens());
      if (form.decoder().ends(id)) {
        break;
      }
      answer.add(id);
      next = new int[] {id};
    }
    return answer.stream().mapToInt(id -> id).toArray();
  }

  /** Chunks that are all read, in their order. */
  private record Fixed(List<HeapChunk> chunks) implements ChunkMemory {

    @Override
    public int size() {
      return chunks.size();
    }

    @Override
    public ChunkRange document(int chunk) {
      return new ChunkRange(0, size());
    }

    @Override
    public Selection[] select(float[][] queries, int k) {
      return new Selection[] {new Selection(IntStream.range(0, k).toArray(), new float[k])};
    }

    @Override
    public StoredChunk[] hold(int[] numbers) {
      return IntStream.of(numbers).mapToObj(chunks::get).toArray(StoredChunk[]::new);
    }
  }
}
