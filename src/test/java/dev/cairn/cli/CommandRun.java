package dev.cairn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the command line printed, and its exit code. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        CairnCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
