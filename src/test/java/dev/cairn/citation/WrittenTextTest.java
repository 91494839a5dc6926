package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTextTest {

  private static final List<String> QUOTES =
      List.of("Marek Oyelaran was born on 12 August 1732.", "Item K-31 costs 1,204.50 euros.");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 August 1732 | true",
        "on 12 August 1732, for 1,204.50 euros | true",
        "12 August 1,204.50 | false",
        "$1,204.50 | false",
        "48 | false",
        "euros | true"
      })
  void aQuoteBearsWhatStandsInItInThatForm(String text, boolean borne) {
    assertThat(new WrittenText(text, false).isBorneBy(QUOTES)).isEqualTo(borne);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 August 17 | true",
        "1, | true",
        "1,20 | true",
        "12 August 18 | false",
        "204 | false"
      })
  void theLastTermOfATextThatWasCutMayGoOn(String text, boolean borne) {
    assertThat(new WrittenText(text, true).isBorneBy(QUOTES)).isEqualTo(borne);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "When was Marek Oyelaran born? | 12 August 1732 | true",
        "When was Mr Oyelaran born? | 12 August 1732 | true",
        "When was Anselm Brightwater born? | 12 August 1732 | false",
        "When was Anselm Brightwater born? | in August | false",
        "When was Anselm Brightwater born? | long ago | true",
        "When was he born? | 12 August 1732 | true",
        "What does K-31 cost? | 12 August 1732 | false"
      })
  void whatIsStatedStandsBesideANameOfTheQuestion(String question, String text, boolean about) {
    assertThat(new WrittenText(text, false).isAbout(question, QUOTES)).isEqualTo(about);
  }

  @Test
  void aWordThatWasCutIsCompletedFromAQuoteThatHasIt() {
    assertThat(new WrittenText("for 1,204.50 eu", true).completedFrom(QUOTES.getLast()))
        .isEqualTo("for 1,204.50 euros");
    assertThat(new WrittenText("for 1,204.50 eu", true).completedFrom(QUOTES.getFirst()))
        .isEqualTo("for 1,204.50 eu");
    assertThat(new WrittenText("for 1,204.50 eu", false).completedFrom(QUOTES.getLast()))
        .isEqualTo("for 1,204.50 eu");
  }
}
