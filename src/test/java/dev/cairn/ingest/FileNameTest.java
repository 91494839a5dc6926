package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.txt, a.txt",
    "C:\\texts\\a.txt, a.txt",
    "/home/a.txt, a.txt",
    "a %22q%22.txt, a \"q\".txt",
    "a%0D%0Ab.txt, ab.txt",
    "100%25.txt, 100%25.txt",
    "Łódź.txt, Łódź.txt",
    "%0A, Untitled",
    "'', Untitled"
  })
  void aTitleIsTheNameAsItsOwnerWroteIt(String sent, String title) {
    assertThat(FileName.title(sent)).isEqualTo(title);
  }
}
