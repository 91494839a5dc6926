package dev.cairn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.citation.WrittenText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTextTest {

  private final List<WrittenText> checked = new ArrayList<>();
  private final WatchedAnswer observer = new WatchedAnswer();

  private ToldText told(boolean checks) {
    return new ToldText(observer, checks, this::bears);
  }

  private boolean bears(WrittenText text) {
    checked.add(text);
    return !text.text().contains("48");
  }

  private static void add(ToldText told, String... pieces) {
    for (String piece : pieces) {
      told.add(piece);
    }
  }

  @Test
  void wholeWordsAreToldOnceTheyAreBorneOut() {
    ToldText told = told(true);

    add(told, "It", " is", " 1", "2", " in");
    assertThat(observer.text()).isEqualTo("It is");
    add(told, " the");
    assertThat(observer.text()).isEqualTo("It is 12 in");
    told.end(false);
    assertThat(observer.text()).isEqualTo("It is 12 in the");
    assertThat(told.isUnsupported()).isFalse();
  }

  @Test
  void theTextEndsBeforeWhatIsNotBorneOut() {
    ToldText told = told(true);

    add(told, "It", " is", " 4", "8");
    add(told, " in");
    assertThat(told.add(" it")).isFalse();
    told.end(false);

    assertThat(told.written(false).text()).isEqualTo("It is").isEqualTo(observer.text());
    assertThat(told.isUnsupported()).isTrue();
    assertThat(told.isUntold()).isFalse();
  }

  @Test
  void nothingIsToldOfATextThatIsHeld() {
    ToldText told = told(true);
    told.hold();

    add(told, "It", " is", " 48");
    told.end(false);

    assertThat(observer.text()).isEmpty();
    assertThat(told.isUnsupported()).isTrue();
    assertThat(told.isUntold()).isTrue();
  }

  @Test
  void whatWasHeldIsToldOnceItIsReleased() {
    ToldText told = told(true);
    told.hold();
    add(told, "It", " is", " 12");

    told.release();
    add(told, " in", " it");

    assertThat(observer.text()).isEqualTo("It is 12 in");
  }

  @Test
  void unlessItChecksEverythingIsToldAtOnce() {
    ToldText told = told(false);

    add(told, "It", " is", " 4", "8");

    assertThat(observer.text()).isEqualTo("It is 48");
    assertThat(checked).isEmpty();
  }
}
