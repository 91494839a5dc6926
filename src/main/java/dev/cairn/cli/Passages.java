package dev.cairn.cli;

import dev.cairn.client.PrintedAnswer;
import dev.cairn.terminal.Output;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How much of an answer is printed. */
final class Passages {

  @Option(
      names = "--all-citations",
      description = "Print every passage, also those that are weak or weigh less.")
  private boolean all;

  void print(JsonNode answer, Output output) {
    if (output.json()) {
      output.item(answer);
    } else if (all) {
      PrintedAnswer.of(answer).printWithAllPassages(output.out());
    } else {
      PrintedAnswer.of(answer).print(output.out());
    }
  }
}
