package dev.cairn.gguf;

import java.util.List;

/** A value of a file's metadata. Numbers of every width are widened to the longest. */
sealed interface GgufValue {

  /** What a message calls it. */
  String kind();

  record Whole(long value) implements GgufValue {
    @Override
    public String kind() {
      return "the whole number " + value;
    }
  }

  record Real(double value) implements GgufValue {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  record Truth(boolean value) implements GgufValue {
    @Override
    public String kind() {
      return Boolean.toString(value);
    }
  }

  record Text(String value) implements GgufValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  record Wholes(long[] values) implements GgufValue {
    @Override
    public String kind() {
      return "whole numbers";
    }
  }

  record Reals(double[] values) implements GgufValue {
    @Override
    public String kind() {
      return "numbers";
    }
  }

  record Texts(List<String> values) implements GgufValue {
    @Override
    public String kind() {
      return "strings";
    }
  }

  /** Truths, or arrays: nothing asks for such. */
  record Others(List<GgufValue> values) implements GgufValue {
    @Override
    public String kind() {
      return "an array of truths or arrays";
    }
  }
}
