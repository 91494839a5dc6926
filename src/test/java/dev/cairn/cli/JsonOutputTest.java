package dev.cairn.cli;

import static dev.cairn.model.KvFormat.BF16;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.model.ChunkForm;
import dev.cairn.model.EncodedChunks;
import dev.cairn.segment.SegmentIdentity;
import dev.cairn.segment.SegmentShape;
import dev.cairn.segment.SegmentWriter;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** With {@code --json} each command prints one JSON document and nothing else. */
class JsonOutputTest {

  /** Refuses anything behind the document. */
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Set<String> TALKS =
      Set.of("corpus", "document", "answer", "ask", "evaluate");
  private static final String TINY = "src/test/resources/golden/tiny";
  private static final String PRETRAINED = "src/test/resources/golden/layers-qwen2";

  private final FakeServer fake =
      new FakeServer()
          .on("/api/v1/corpora?limit=200", 200, "{\"items\":[{\"slug\":\"a\"}]}")
          .on("/api/v1/corpora/a", 200, "{\"slug\":\"a\"}")
          .on("/api/v1/corpora/a/documents?limit=200", 200, "{\"items\":[{\"id\":\"7\"}]}")
          .on("/api/v1/documents/7", 200, "{\"id\":\"7\"}")
          .on("/api/v1/corpora/a/documents/7", 204, "")
          .on("/api/v1/documents?limit=200", 200, "{\"items\":[{\"id\":\"7\"}]}")
          .on(
              "/api/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057/encodings",
              202,
              FakeServer.READY_DOCUMENT)
          .on("/api/v1/questions", 200, "{\"text\":\"Lucas\"}")
          .on("/api/v1/corpora/a/questions", 200, "{\"text\":\"Lucas\"}")
          .on("/api/v1/answers?limit=200", 200, "{\"items\":[{\"id\":\"8\"}]}")
          .on("/api/v1/answers/8", 200, "{\"text\":\"Lucas\"}")
          .on(
              "/api/v1/corpora/a/documents",
              202,
              "{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}")
          .on(
              "/api/v1/documents/01890a5d-ac96-774b-bcce-b302099a8057",
              200,
              FakeServer.READY_DOCUMENT);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    fake.close();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void standardOutputIsOneDocument(String command) throws IOException {
    CommandRun run = run(command);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(STRICT.readTree(run.out()).isEmpty()).isFalse();
  }

  static Stream<String> commands() {
    return Stream.of(
        "corpus list",
        "corpus create a",
        "corpus show a",
        "corpus delete a",
        "document upload --corpus a FOLDER/a.txt",
        "document upload --corpus a FOLDER/a.txt FOLDER/questions.jsonl",
        "document list --corpus a",
        "document list",
        "document encode 01890a5d-ac96-774b-bcce-b302099a8057",
        "document show 7",
        "document delete 7",
        "document delete 7 --corpus a",
        "ask --corpus a Who?",
        "answer list",
        "answer show 8",
        "answer delete 8",
        "evaluate FOLDER --corpus a --retrieval attention",
        "segment show FOLDER/0.safetensors",
        "model show " + TINY,
        "convert --to bf16 " + TINY + " FOLDER/converted",
        "bench scan --chunks 1024 --threads 1 --folder FOLDER",
        "bench encode --path FLOAT32 --blocks 1 --model " + TINY,
        "bench decode --length 2 --runs 1 --folder FOLDER --model " + TINY,
        "bench reading --runs 1 --folder FOLDER --text FOLDER/a.txt --questions FOLDER/a.txt --model "
            + PRETRAINED,
        "bench first-token --tokens 1K --runs 1 --chunk-cache 1 --folder FOLDER --model " + TINY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corpus show b",
        "document upload --corpus b FOLDER/a.txt",
        "document upload --corpus a FOLDER/missing.txt",
        "document upload --corpus a FOLDER/a.txt FOLDER/missing.txt",
        "document encode 9",
        "answer show 9",
        "ask --corpus b Who?",
        "segment show FOLDER/a.txt",
        "model show FOLDER",
        "convert --to bf16 FOLDER FOLDER/converted",
        "bench sentence --model " + TINY
      })
  void aFailureLeavesStandardOutputEmpty(String command) throws IOException {
    fake.on("/api/v1/questions", 404, "{\"code\":\"corpus_not_found\"}");
    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(CairnCommand.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotBlank();
  }

  /**
   * The sentence encoder is in no checkpoint that is small enough for this test; {@link
   * ModelCommandTest} tries a checkpoint, which starts a server.
   */
  @Test
  void allCommandsThatCanPrintJsonAreTested() {
    assertThat(
            CairnCommandTest.commands()
                .filter(command -> command.getCommandSpec().findOption("--json") != null)
                .map(command -> command.getCommandSpec().qualifiedName().substring(6)))
        .filteredOn(name -> commands().noneMatch(tested -> tested.startsWith(name + " ")))
        .containsExactlyInAnyOrder("corpus list", "answer list", "bench sentence", "model check");
  }

  private CommandRun run(String command) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Lucas.");
    writeSegment();
    writeQuestion();
    List<String> args =
        new ArrayList<>(List.of(command.replace("FOLDER", folder.toString()).split(" ")));
    args.add("--json");
    if (TALKS.contains(args.getFirst())) {
      args.add("--server=" + fake.address());
    }
    return CommandRun.of(args.toArray(String[]::new));
  }

  private void writeQuestion() throws IOException {
    Files.createDirectories(folder.resolve("documents"));
    Files.writeString(
        folder.resolve("questions.jsonl"),
        "{\"id\":\"1\",\"kind\":\"fact\",\"question\":\"Who?\",\"answers\":[\"Lucas\"]}\n");
  }

  /** Of one chunk of one token. */
  private void writeSegment() throws IOException {
    var identity = new SegmentIdentity(new UUID(0, 1), new UUID(0, 2), 0, "f".repeat(64), 1);
    int[] one = {1};
    try (StagedBlob blob = new LocalBlobStore(folder).stage()) {
      var writer =
          new SegmentWriter(
              blob, identity, new SegmentShape(1, new ChunkForm(1, 1, 1, 1, 1), 1, BF16));
      writer.append(
          new EncodedChunks(1, ByteBuffer.allocate(4), ByteBuffer.allocate(2), one),
          new Tokens(one, new long[1], one));
      writer.appendSentences(new float[][] {{1}});
      writer.finish();
      blob.publish("0.safetensors");
    }
  }
}
