package dev.cairn.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a server answered: for a person, or as JSON for a program. */
public final class Output {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  public boolean json() {
    return json;
  }

  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** To be thrown when options do not go together. */
  public ParameterException wrongCommandLine(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** What was done: a sentence for a person, one object for a program. */
  public void done(Object result, String sentence, Object... parts) {
    if (json) {
      item(result);
    } else {
      out().println(sentence.formatted(parts));
    }
  }

  /** A list: one line each, or one array. */
  public void list(List<JsonNode> items, Function<JsonNode, String> line) {
    if (json) {
      out().println(JsonMapper.shared().valueToTree(items).toPrettyString());
    } else {
      items.forEach(item -> out().println(line.apply(item)));
    }
  }

  /** One thing: a line for each field that has a value, or one object. */
  public void item(Object item) {
    JsonNode tree = JsonMapper.shared().valueToTree(item);
    if (json) {
      out().println(tree.toPrettyString());
    } else {
      printFields("", tree);
    }
  }

  private void printFields(String name, JsonNode value) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> printFields(child(name, field.getKey()), field.getValue()));
    } else if (value.isArray() && value.path(0).isObject()) {
      for (int i = 0; i < value.size(); i++) {
        printFields(child(name, String.valueOf(i)), value.get(i));
      }
    } else {
      out().printf("%-26s %s%n", name, value.isString() ? value.asString() : value.toString());
    }
  }

  private static String child(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }
}
