package dev.cairn.checkpoint;

import static dev.cairn.model.Sizes.require;

import dev.cairn.model.Layers.Blocks;
import dev.cairn.model.Layers.Choice;
import dev.cairn.model.PromptForm;
import java.nio.file.Path;
import tools.jackson.databind.node.JsonNodeFactory;

/** A checkpoint's memory.json: how its decoder reads what it encoded. Every key has a default. */
record MemoryFile(JsonFile json) {

  private static final String NAME = "memory.json";

  /** What becomes of an adapter's tensors of layers that read no memory. */
  static final String BELOW_MEMORY = "adapter_below_memory";

  /** Choices of {@link #BELOW_MEMORY}. */
  private enum Below {
    REFUSE,
    LEAVE_OUT
  }

  static MemoryFile read(Path folder) {
    JsonFile json = JsonFile.readIfPresent(folder.resolve(NAME));
    if (json == null) {
      return new MemoryFile(
          new JsonFile(folder.resolve(NAME), JsonNodeFactory.instance.objectNode()));
    }
    return CheckpointException.naming(
        json.path(),
        () -> {
          require(json.text("format").equals("cairn-memory"), "format must be cairn-memory");
          require(json.integer("version") == 1, "version must be 1");
          return new MemoryFile(json);
        });
  }

  int chunkSize() {
    return json.integer("chunk_size", 64);
  }

  int memoryStart(int layers) {
    return json.integer("memory_start", layers / 3);
  }

  Blocks blocks() {
    return new Blocks(json.integer("stretch_chunks", 16), json.integer("run_up", 256));
  }

  Choice choice() {
    return new Choice(json.integer("neighbours", 1), json.integer("read_chunks", 16));
  }

  /** R, unless the file says nothing: then as many layers as the learned rows have deltas. */
  int retrievalLayer(int deltas) {
    return json.integer("retrieval_layer", deltas);
  }

  int retrievalDim(int rows) {
    return json.integer("retrieval_dim", rows);
  }

  float retrievalScale() {
    return (float) json.real("retrieval_scale", 4);
  }

  /**
   * @param chat what the tokenizer's chat template gives
   */
  PromptForm prompt(PromptForm chat) {
    boolean own = json.isSet("prefix") || json.isSet("question");
    return new PromptForm(
        own ? NAME : chat.name(),
        json.text("prefix", chat.prefix()),
        json.text("question", chat.question()),
        json.text("abstain", chat.abstention()),
        json.isSet("abstain"),
        json.isSet("stop") ? json.strings("stop") : chat.stop());
  }

  /** Whether an adapter's tensors of layers that read no memory are left out, not refused. */
  boolean leavesOutAdapterBelowMemory() {
    return json.isSet(BELOW_MEMORY) && json.choice(BELOW_MEMORY, Below.class) == Below.LEAVE_OUT;
  }

  /** Whether it names the tokens that end an answer; then no other does. */
  boolean namesStop() {
    return json.isSet("stop");
  }
}
