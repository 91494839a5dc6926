package dev.cairn.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/** initdb, pg_ctl and postgres, unpacked once from the artifact on the class path. */
final class PostgresPrograms {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final long LONGEST_RUN_SECONDS = 600;
  private static final int OWNER_EXECUTES = 0100;

  private final Path folder;
  private final List<String> prefix;

  private PostgresPrograms(Path folder, List<String> prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** Programs of one version share a folder; it appears whole or not at all. */
  static PostgresPrograms unpackInto(Path parent, String version) throws IOException {
    Path folder = parent.toAbsolutePath().resolve("postgres-" + version);
    if (!Files.isDirectory(folder)) {
      unpackWhole(parent, folder);
    }
    return new PostgresPrograms(folder, prefixForRoot());
  }

  private static void unpackWhole(Path parent, Path folder) {
    try {
      Files.createDirectories(parent);
      Path half = Files.createTempDirectory(parent, "postgres-unpacking");
      unpack(half);
      moveUnlessThere(half, folder);
    } catch (IOException e) {
      throw new DatabaseException(
          "PostgreSQL cannot be unpacked into %s (%s): make room there, or name another folder with --cairn.database.programs."
              .formatted(parent, DataFolder.cause(e)),
          e);
    }
  }

  private static void moveUnlessThere(Path half, Path folder) throws IOException {
    try {
      Files.move(half, folder);
    } catch (FileSystemException e) {
      FileSystemUtils.deleteRecursively(half);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new DatabaseException(
            "There is no embedded PostgreSQL for this system. Set spring.datasource.url.");
      }
      var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isDirectory() && !entry.getName().endsWith(".a")) {
          unpack(entry, tar, target.resolve(entry.getName()));
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & OWNER_EXECUTES) != 0 && !target.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + target);
    }
  }

  /** PostgreSQL refuses to run as root: then it runs in a user namespace, where it is nobody. */
  private static List<String> prefixForRoot() throws IOException {
    if (new UnixSystem().getUid() != 0) {
      return List.of();
    }
    List<String> prefix = List.of("unshare", "-U");
    if (execute(join(prefix, List.of("true"))).exit() != 0) {
      throw new DatabaseException(
          "PostgreSQL does not run as root, and user namespaces are not allowed here."
              + " Run Cairn as an ordinary user, or set spring.datasource.url.");
    }
    return prefix;
  }

  /**
   * Runs a program to its end.
   *
   * @throws DatabaseException with its output when it fails
   */
  void run(String program, String... arguments) throws IOException {
    List<String> command = join(prefix, List.of(folder.resolve("bin").resolve(program).toString()));
    Result result = execute(join(command, List.of(arguments)));
    if (result.exit() != 0) {
      throw new DatabaseException("%s failed: %s".formatted(program, result.output().strip()));
    }
  }

  private record Result(int exit, String output) {}

  private static Result execute(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // The malloc settings of the service are not for a database.
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DatabaseException("%s did not end".formatted(command));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("interrupted while running " + command, e);
    }
    return new Result(process.exitValue(), output);
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
