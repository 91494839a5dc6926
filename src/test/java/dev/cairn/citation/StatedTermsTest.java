package dev.cairn.citation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedTermsTest {

  @Test
  void figuresCodesAndNamesAreTermsWordsAreNot() {
    assertThat(
            StatedTerms.of("The code of the gate (built 1874) is “QX-7731”, says Mr. Osei's son."))
        .containsExactly("1874", "QX-7731", "Mr", "Osei");
    assertThat(StatedTerms.of("Barley-sugar. He likes it!\nYes")).isEmpty();
  }

  @Test
  void wordsThatFollowEachOtherAreOneTerm() {
    assertThat(StatedTerms.of("born 12 August 1732, in Pellworth; paid $55 and 8.5 %"))
        .containsExactly("12 August 1732", "Pellworth", "$55", "8.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Henrik Valdane | Henrik Valdane",
        "Henrik Valdane, the owner | Henrik Valdane",
        "Paris. | Paris",
        "FLR-55 | FLR-55",
        "It is Wheelock's Latin | Wheelock's Latin",
        "The Squire was touched | Squire",
        "It was Madge | Madge"
      })
  void theFirstWordOfASentenceIsANameBeforeANameOrAlone(String text, String term) {
    assertThat(StatedTerms.of(text)).containsExactly(term);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Yes.", "Approximately seven", "Climbed the hill. Then he rested."})
  void anyOtherFirstWordIsNot(String text) {
    assertThat(StatedTerms.of(text)).isEmpty();
  }

  @Test
  void namesOfAQuestionAreItsWordsWithACapitalLetter() {
    assertThat(StatedTerms.names("When did Kofi Osei's son sign it?"))
        .containsExactly("Kofi", "Osei");
    assertThat(StatedTerms.names("Sony released what Li-ion batteries?"))
        .containsExactly("Sony", "Li-ion");
    assertThat(StatedTerms.names("Name the captain of 3 ferries.")).isEmpty();
  }

  @Test
  void theNumberOfAnEntryIsNotOfItsText() {
    assertThat(StatedTerms.of("1. the horn of 1804\n2) the bell")).containsExactly("1804");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,204.50 | price 1,204.50 a piece",
        "LR-55 | boat LR‑55.",
        "55 % | It rose by 55% then",
        "12 August 1732 | on 12\u00a0August 1732.",
        "Maria Lindgren | MARIA  LINDGREN, captain",
        "O'Hara | Mrs O’Hara",
        "$55 | for $ 55 each",
        "QUILL-88 | is QUILL-88",
        "06:15 | at 06:15"
      })
  void aTermStandsInATextInItsForm(String term, String text) {
    assertThat(StatedTerms.standsIn(text, term)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "48 | 148 stairs, 4.8 and 48.5, 1,48",
        "FLR-55 | boat LR-55",
        "$55 | costs 55 crowns",
        "204 | 1,204.50",
        "1,204 | 1,204.50",
        "R-55 | LR-55",
        "7500 | 7,500",
        "quill-88 | QUILL-88",
        "12 August 1732 | 12 April 1732, August 1732"
      })
  void aPartOrAnotherFormDoesNot(String term, String text) {
    assertThat(StatedTerms.standsIn(text, term)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2", "1", "1,204.5", "1,204.50"})
  void theBeginningOfATermIsKnown(String begun) {
    assertThat(StatedTerms.beginsIn("price 1,204.50", begun)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "the fee | the",
        "'the fee ' | the fee",
        "the fee is 12 | the fee is",
        "'born 12 August ' | born",
        "born 12 August, in | born 12 August,",
        "born 12 August in P | born 12 August in",
        "'Henrik ' | ''",
        "Sold it now | Sold it"
      })
  void aTermIsSettledOnceItCannotGoOn(String text, String settled) {
    assertThat(text.substring(0, StatedTerms.settled(text))).isEqualTo(settled);
  }
}
