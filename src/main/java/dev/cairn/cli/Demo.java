package dev.cairn.cli;

import dev.cairn.client.Encoded;
import dev.cairn.client.PrintedAnswer;
import dev.cairn.client.Server;
import dev.cairn.client.Upload;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** Uploads a text, waits until it is encoded, asks its questions and prints what comes back. */
final class Demo {

  private final Server server;
  private final PrintWriter out;
  private final PrintWriter err;

  Demo(Server server, PrintWriter out, PrintWriter err) {
    this.server = server;
    this.out = out;
    this.err = err;
  }

  void run(DemoText text) throws IOException, InterruptedException {
    out.printf("%nUploading %s into the corpus %s.%n", text.file().getFileName(), text.corpus());
    Encoded encoded = new Upload(server, err).run(text.corpus(), text.file(), null, id -> {});
    out.printf("%s.%n", encoded.summary());
    for (String question : text.questions()) {
      ask(text.corpus(), question);
    }
  }

  private void ask(String corpus, String question) {
    out.printf("%n? %s%n", question);
    PrintedAnswer.of(server.post(Map.of("question", question), "corpora/%s/questions", corpus))
        .print(out);
  }
}
