package dev.cairn.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that notes every call that changes it or makes it durable, and on which the nth such call
 * fails.
 */
final class FaultyDisk {

  private final List<String> calls = new ArrayList<>();

  private final Path root;

  private int failingCall = Integer.MAX_VALUE;

  private boolean failsFromThereOn;

  FaultyDisk(Path real) {
    this.root = FaultyPath.wrap(real, new FaultyFileSystem(real.getFileSystem(), this));
  }

  Path root() {
    return root;
  }

  /** The calls since the last {@link #forget()}, such as {@code force a/b}. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
    failingCall = Integer.MAX_VALUE;
  }

  /**
   * @param n 0 for the next one
   * @param forGood whether all later ones fail as well
   */
  void failCall(int n, boolean forGood) {
    forget();
    failingCall = n;
    failsFromThereOn = forGood;
  }

  void call(String what, Path real) throws IOException {
    int number = calls.size();
    calls.add(what + " " + FaultyPath.unwrap(root).relativize(real));
    if (number == failingCall || failsFromThereOn && number > failingCall) {
      throw new IOException("no luck with call %d: %s".formatted(number, calls.getLast()));
    }
  }

  FileChannel channel(FileChannel real, Path path) {
    return new FaultyChannel(real, path, this);
  }
}
