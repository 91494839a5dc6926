package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.gguf.GgufException;
import dev.cairn.gguf.GgufModel;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.DecoderShape;
import dev.cairn.model.Layers;
import dev.cairn.model.PromptForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the form {@link Layers} together from what lies in a checkpoint's folder: the decoder's
 * configuration, its tokenizer, and memory.json with memory.safetensors where they are.
 */
final class LayersCheckpoint {

  /** Learned rows: {@code cls.*} and {@code query.*}. */
  static final String LEARNED_ROWS = "memory.safetensors";

  /** Room for prefix, prompt and answer beside the chunks, where a window must hold all. */
  private static final int PROMPT_TOKENS = 512;

  private final Path folder;
  private final MemoryFile memory;
  private final PromptForm prompt;
  private final TokenNames tokens;

  private LayersCheckpoint(Path folder, String chatTemplate, TokenNames tokens) {
    this.folder = folder;
    this.memory = MemoryFile.read(folder);
    this.prompt =
        CheckpointException.naming(
            memory.json().path(), () -> memory.prompt(ChatForms.of(chatTemplate)));
    this.tokens = tokens;
  }

  /**
   * @param config of Hugging Face
   * @throws IllegalArgumentException when the configuration asks for what cannot be computed
   */
  static Layers ofFolder(Path folder, JsonFile config) {
    LayersCheckpoint checkpoint =
        new LayersCheckpoint(
            folder,
            ChatTemplate.read(folder),
            TokenNames.read(folder.resolve(Checkpoint.TOKENIZER)));
    return checkpoint.form(PretrainedConfig.read(config, checkpoint.seen()));
  }

  /**
   * @param path a folder, or a file of a GGUF model
   * @throws IllegalArgumentException when the metadata ask for what cannot be computed
   */
  static Layers ofGguf(Path path) {
    Path folder = ModelFolder.of(path);
    Path tokenizer = folder.resolve(Checkpoint.TOKENIZER);
    try (GgufModel model = ModelFolder.openGguf(path)) {
      TokenNames tokens =
          Files.exists(tokenizer) ? TokenNames.read(tokenizer) : TokenNames.of(model.metadata());
      String beside = ChatTemplate.read(folder);
      String template = beside.isEmpty() ? ChatTemplate.of(model.metadata()) : beside;
      return new LayersCheckpoint(folder, template, tokens).form(GgufConfig.read(model));
    } catch (GgufException e) {
      throw CheckpointException.of(e);
    } catch (IOException e) {
      throw JsonFile.unreadable(path, e);
    }
  }

  /** While a block is encoded, or an answer read. */
  private int seen() {
    int block = memory.blocks().chunks() * memory.chunkSize() + memory.blocks().runUpTokens();
    return Math.max(block, memory.choice().chunks() * memory.chunkSize()) + PROMPT_TOKENS;
  }

  private Layers form(Pretrained decoder) {
    int start = memory.memoryStart(decoder.layers());
    Layers.@Nullable Retrieval retrieval = null;
    int landmarkDim = 0;
    if (Files.exists(folder.resolve(LEARNED_ROWS))) {
      LearnedRows rows = LearnedRows.read(folder.resolve(LEARNED_ROWS));
      retrieval =
          new Layers.Retrieval(memory.retrievalLayer(rows.layers()), memory.retrievalScale());
      landmarkDim = memory.retrievalDim(rows.dim());
    }
    require(
        start >= 0 && start < decoder.layers(),
        "memory_start must be below the %d layers, not %d".formatted(decoder.layers(), start));
    return new Layers(
        shape(decoder),
        decoder.layers(),
        decoder.features(),
        decoder.positions(),
        start,
        memory.blocks(),
        retrieval,
        memory.choice(),
        prompt,
        new ChunkForm(
            memory.chunkSize(),
            decoder.layers() - start,
            decoder.heads().keyValueHeads(),
            decoder.heads().headDim(),
            landmarkDim));
  }

  private DecoderShape shape(Pretrained decoder) {
    return new DecoderShape(
        decoder.vocabSize(),
        tokens.count(),
        decoder.hiddenSize(),
        decoder.heads(),
        decoder.intermediateSize(),
        decoder.rmsNormEps(),
        decoder.rope(),
        endTokens(decoder));
  }

  /** Those that memory.json names, else the union of all that end a turn. */
  private Set<Integer> endTokens(Pretrained decoder) {
    Stream<String> stop = prompt.stop().stream();
    Set<Integer> ends = new HashSet<>(tokens.ids(stop).boxed().toList());
    if (memory.namesStop()) {
      requireTokens(prompt.stop());
    } else {
      ends.addAll(decoder.endTokens());
      JsonFile generation = JsonFile.readIfPresent(folder.resolve("generation_config.json"));
      ends.addAll(
          generation == null ? Set.of() : Set.copyOf(generation.integersOrOne("eos_token_id")));
    }
    return ends;
  }

  private void requireTokens(List<String> stop) {
    for (String text : stop) {
      if (tokens.id(text).isEmpty()) {
        throw new CheckpointException(
            CheckpointException.Reason.CONFIG_INVALID,
            "%s: stop names %s, which is no added token of the tokenizer"
                .formatted(memory.json().path(), text));
      }
    }
  }

  /**
   * A tensor of a layer that nothing asked for would be a bias or a norm that is left out silently.
   *
   * @param unused names of tensors
   */
  static void refuseUnannounced(Layers form, WeightFiles weights, Set<String> unused) {
    for (String name : unused) {
      boolean ofLayer =
          name.startsWith("model.layers.") && !name.endsWith("rotary_emb.inv_freq")
              || name.equals("lm_head.bias");
      if (ofLayer) {
        throw new CheckpointException(
            CheckpointException.Reason.CONFIG_INVALID,
            "%s: there is a tensor %s, which a decoder of %d layers as configured has not"
                .formatted(weights.entry(name).path(), name, form.layers()));
      }
    }
  }
}
