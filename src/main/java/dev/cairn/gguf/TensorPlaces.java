package dev.cairn.gguf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the tensors of a file lie, checked: whole blocks in every row, aligned, none over another,
 * none beyond the file's end. Between them may be room.
 *
 * @param start from where on they lie, counted from the start of the file
 * @param length bytes of the whole file
 */
record TensorPlaces(Path file, long start, int alignment, long length) {

  SortedMap<String, GgufTensor> of(List<GgufHeader.Described> described) {
    SortedMap<String, GgufTensor> tensors = new TreeMap<>();
    for (GgufHeader.Described each : described) {
      GgufTensor tensor = place(each);
      if (tensors.put(each.name(), tensor) != null) {
        throw invalid(each.name(), "is there twice");
      }
    }
    requireApart(tensors);
    return tensors;
  }

  private GgufTensor place(GgufHeader.Described tensor) {
    long length = lengthOf(tensor);
    if (tensor.offset() < 0 || tensor.offset() % alignment != 0) {
      throw invalid(
          tensor.name(),
          "begins at byte %s of the tensors, which is no multiple of %d"
              .formatted(Long.toUnsignedString(tensor.offset()), alignment));
    }
    requireInside(tensor, length);
    return new GgufTensor(
        tensor.name(), tensor.type(), tensor.shape(), start + tensor.offset(), length);
  }

  private static boolean hasWholeBlocks(GgufHeader.Described tensor) {
    long[] shape = tensor.shape();
    long row = shape.length == 0 ? 1 : shape[shape.length - 1];
    return row % tensor.type().blockNumbers() == 0;
  }

  private long lengthOf(GgufHeader.Described tensor) {
    if (!hasWholeBlocks(tensor)) {
      throw invalid(
          tensor.name(),
          "of shape %s has rows that are no whole number of %s's blocks of %d"
              .formatted(
                  Arrays.toString(tensor.shape()), tensor.type(), tensor.type().blockNumbers()));
    }
    try {
      if (Arrays.stream(tensor.shape()).anyMatch(size -> size < 0)) {
        throw new ArithmeticException("negative");
      }
      return tensor.type().bytes(tensor.shape());
    } catch (ArithmeticException e) {
      throw invalid(tensor.name(), "has an impossible shape " + Arrays.toString(tensor.shape()));
    }
  }

  private void requireInside(GgufHeader.Described tensor, long needed) {
    long room = Math.max(0, length - start - tensor.offset());
    if (needed > room) {
      throw new GgufException(
          GgufException.Reason.TRUNCATED,
          "%s: tensor %s needs %d bytes from byte %s on, but the file has %d of them"
              .formatted(
                  file,
                  tensor.name(),
                  needed,
                  Long.toUnsignedString(start + tensor.offset()),
                  room));
    }
  }

  private void requireApart(SortedMap<String, GgufTensor> tensors) {
    List<GgufTensor> inFileOrder =
        tensors.values().stream()
            .filter(tensor -> tensor.length() > 0)
            .sorted(Comparator.comparingLong(GgufTensor::offset))
            .toList();
    for (int i = 1; i < inFileOrder.size(); i++) {
      GgufTensor before = inFileOrder.get(i - 1);
      GgufTensor tensor = inFileOrder.get(i);
      if (tensor.offset() < before.offset() + before.length()) {
        throw invalid(tensor.name(), "lies over tensor " + before.name());
      }
    }
  }

  private GgufException invalid(String tensor, String why) {
    return new GgufException(
        GgufException.Reason.LAYOUT_INVALID, "%s: tensor %s %s".formatted(file, tensor, why));
  }
}
