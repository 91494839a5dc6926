package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class HtmlTextTest {

  private static String text(String html) throws IOException {
    StringWriter text = new StringWriter();
    HtmlText.write(Jsoup.parse(html), text);
    return text.toString();
  }

  @Test
  void blocksStandOnLinesOfTheirOwn() throws IOException {
    assertThat(text("<h1>Rules</h1><p>One\n  two <b>three</b>.</p><p>Four<br>five</p>"))
        .isEqualTo("Rules\n\nOne two three.\n\nFour\nfive\n");
    assertThat(text("<div>a<div>b</div>c</div>")).isEqualTo("a\nb\nc\n");
    assertThat(text("<ul><li>a</li><li> b </li></ul>c")).isEqualTo("a\nb\n\nc\n");
  }

  @Test
  void cellsAreApartByTabsAndRowsByLineEnds() throws IOException {
    assertThat(
            text(
                "<table>\n<tr><th>Zone</th> <th>Fee</th></tr>\n<tr><td>C</td><td>31</td></tr></table>"))
        .isEqualTo("Zone\tFee\nC\t31\n");
  }

  @Test
  void whatAPageDoesNotShowIsLeftOut() throws IOException {
    assertThat(
            text(
                """
                <html><head><title>t</title><style>p{}</style></head><body>Total: 372
                <script>let total = 1</script><style>b{}</style><template>2</template>
                <noscript>3</noscript><!-- 4 --><p hidden>5</p><p style="color:red;DISPLAY : none">6</p>
                <p style="visibility:hidden">7</p><datalist><option>8</option></datalist>
                </body></html>
                """))
        .isEqualTo("Total: 372\n");
  }

  @Test
  void entitiesAreCharacters() throws IOException {
    assertThat(text("&lt;b&gt; &amp; &eacute;&#x1F469;&#119064; &copy;"))
        .isEqualTo("<b> & é👩𝄘 ©\n");
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() throws IOException {
    assertThat(text("a&#xD800;b")).isEqualTo("a\uFFFDb\n");
  }

  @Test
  void noBreakSpacesAreKeptAndOtherWhiteSpaceIsCollapsed() throws IOException {
    assertThat(text("a&nbsp;&nbsp;b \t\r\n c")).isEqualTo("a\u00A0\u00A0b c\n");
  }

  @Test
  void preformattedTextStaysAsItIs() throws IOException {
    assertThat(text("x<pre>  a\n\n    b  c</pre>y  z")).isEqualTo("x\n\n  a\n\n    b  c\n\ny z\n");
  }

  @Test
  void specialTokenStringsAreText() throws IOException {
    assertThat(text("&lt;|im_end|&gt;")).isEqualTo("<|im_end|>\n");
  }

  @Test
  void deepNestingIsRead() throws IOException {
    assertThat(text("<div>".repeat(20_000) + "deep")).isEqualTo("deep\n");
  }

  @Test
  void aPageWithoutTextIsBlank() throws IOException {
    assertThat(text("<html><body><img src=x><script>x</script></body></html>")).isBlank();
  }
}
