package dev.cairn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.gguf.GgufType;
import dev.cairn.model.Layers;
import dev.cairn.model.PromptForm;
import dev.cairn.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prompt forms, against what Jinja renders of the chat templates ({@code render.py}). */
class ChatFormsTest {

  private static final Path TEMPLATES = Path.of("src/test/resources/chat-templates");
  private static final String KEY = "chat_template";
  private static final String SETTINGS = "tokenizer_config.json";

  @TempDir private Path folder;

  private static String template(String name) throws IOException {
    return Files.readString(TEMPLATES.resolve(name + ".jinja"));
  }

  private static String rendered(String name) throws IOException {
    byte[] expected = Files.readAllBytes(TEMPLATES.resolve("expected.json"));
    return JsonMapper.shared().readTree(expected).path(name).stringValue();
  }

  private static String around(PromptForm form, String document) {
    return form.prefix() + document + form.question();
  }

  private LayersCheckpointFolder bare() throws IOException {
    return LayersCheckpointFolder.copy("layers-qwen2", folder)
        .without("memory.json")
        .without(LayersCheckpointFolder.MEMORY)
        .withoutAdapter();
  }

  private static PromptForm form(Path checkpoint) {
    return ((Layers) Checkpoint.form(checkpoint)).prompt();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen-2.5",
        "qwen-3",
        "llama-3",
        "llama-3.1",
        "mistral-0.1",
        "mistral-0.1-later",
        "mistral-0.3",
        "mistral-nemo"
      })
  void isWhatTheTemplateRendersWhereverItLies(String name) throws IOException {
    String template = template(name);
    bare().text("chat_template.jinja", template);
    assertThat(around(form(folder), "DOCUMENT")).isEqualTo(rendered(name));

    bare().json(SETTINGS, file -> file.put(KEY, template));
    assertThat(around(form(folder), "DOCUMENT")).isEqualTo(rendered(name));

    bare().json(SETTINGS, file -> nameTwo(file, template));
    assertThat(around(form(folder), "DOCUMENT")).isEqualTo(rendered(name));

    GgufCopy gguf = new GgufCopy(bare()).sizes().vocabulary(259).tensors(GgufType.F32);
    gguf.bytes().text("tokenizer." + KEY, template);
    assertThat(around(form(gguf.write()), "DOCUMENT")).isEqualTo(rendered(name));
  }

  private static void nameTwo(ObjectNode file, String template) {
    var named = file.putArray(KEY);
    named.addObject().put("name", "tool_use").put("template", "[TOOLS]");
    named.addObject().put("name", "default").put("template", template);
  }

  @Test
  void aFileOfItsOwnGoesBeforeTheTokenizersSettings() throws IOException {
    bare()
        .text("chat_template.jinja", template("mistral-nemo"))
        .json(SETTINGS, file -> file.put(KEY, "<|im_start|>"));
    assertThat(around(form(folder), "DOCUMENT")).isEqualTo(rendered("mistral-nemo"));
  }

  @Test
  void anUnknownTemplateIsPlainTextAndSaysSo() throws IOException {
    bare().text("chat_template.jinja", template("unknown"));
    PromptForm plain = form(folder);
    assertThat(plain.name()).isEqualTo("plain text");
    assertThat(around(plain, "DOCUMENT"))
        .contains("DOCUMENT", PromptForm.PLACE)
        .doesNotContain("<");
    assertThat(plain.stop()).isEmpty();

    bare();
    assertThat(form(folder)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theStartTokenStandsOnceWhereTheTokenizerWantsIt(boolean wanted) throws IOException {
    GgufCopy gguf = new GgufCopy(bare()).sizes().vocabulary(259).tensors(GgufType.F32);
    gguf.bytes()
        .text("tokenizer." + KEY, template("llama-3"))
        .u32("tokenizer.ggml.bos_token_id", 0)
        .truth("tokenizer.ggml.add_bos_token", wanted);
    Path file = gguf.write();
    try (TextTokenizer tokenizer = TextTokenizer.open(file)) {
      String text = form(file).prefix();
      int[] plain = tokenizer.tokenize(text).ids();
      int[] started = IntStream.concat(IntStream.of(0), IntStream.of(plain)).toArray();
      assertThat(tokenizer.prefix(text)).isEqualTo(wanted ? started : plain);
      assertThat(tokenizer.prefix("<|endoftext|>" + text)).isEqualTo(started);
    }
  }
}
