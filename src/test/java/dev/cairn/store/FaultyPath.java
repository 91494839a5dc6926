package dev.cairn.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path that leads through another file system object to the same place. */
record FaultyPath(Path real, FileSystem fileSystem) implements InvocationHandler {

  static Path wrap(Path real, FileSystem fileSystem) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new FaultyPath(real, fileSystem));
  }

  static Path unwrap(Path path) {
    return Proxy.isProxyClass(path.getClass())
        ? ((FaultyPath) Proxy.getInvocationHandler(path)).real()
        : path;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return fileSystem;
    }
    try {
      return wrapped(method.invoke(real, unwrapped(arguments)));
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static Object @Nullable [] unwrapped(Object @Nullable [] arguments) {
    if (arguments == null) {
      return null;
    }
    Object[] unwrapped = arguments.clone();
    for (int i = 0; i < unwrapped.length; i++) {
      unwrapped[i] = unwrapped[i] instanceof Path path ? unwrap(path) : unwrapped[i];
    }
    return unwrapped;
  }

  private @Nullable Object wrapped(@Nullable Object result) {
    return switch (result) {
      case Path path -> wrap(path, fileSystem);
      case Iterator<?> names -> wrapped(names);
      case null, default -> result;
    };
  }

  private Iterator<Path> wrapped(Iterator<?> names) {
    List<Path> all = new ArrayList<>();
    names.forEachRemaining(name -> all.add(wrap((Path) name, fileSystem)));
    return all.iterator();
  }
}
