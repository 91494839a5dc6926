package dev.cairn.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/** The kernel's cache of files, on Linux. */
final class PageCache {

  private static final int DONT_NEED = 4;

  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle ADVISE =
      function(
          "posix_fadvise",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));

  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private PageCache() {}

  static boolean canDrop() {
    return System.getProperty("os.name").equals("Linux");
  }

  /** Has the kernel forget what it keeps of these files, which were forced to the disk. */
  static void drop(List<Path> files) {
    files.forEach(PageCache::drop);
  }

  private static void drop(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString());
      int descriptor = (int) OPEN.invokeExact(name, 0);
      int failed = (int) ADVISE.invokeExact(descriptor, 0L, 0L, DONT_NEED);
      int closed = (int) CLOSE.invokeExact(descriptor);
      if (failed != 0 || closed != 0) {
        throw new IllegalStateException("the page cache cannot be dropped for " + file);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor form, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), form, options);
  }
}
