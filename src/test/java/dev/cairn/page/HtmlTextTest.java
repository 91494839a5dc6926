package dev.cairn.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
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

  @Test
  void itemsOfOrderedListsHaveTheirNumbers() throws IOException {
    assertThat(
            text(
                "<ol start=3><li>a<li><p>b</p><li></li><li value=9>c<ul><li>d</ul><li>e</ol>"
                    + "<ol type=i><li>f<li>g</ol><ol type=A><li>h</ol>"
                    + "<ol style='list-style-type: none'><li>i</ol>"))
        .isEqualTo("3. a\n\n4. b\n\n9. c\n\nd\n\n10. e\n\ni. f\nii. g\n\nA. h\n\ni\n");
  }

  @Test
  void fieldsShowTheirValues() throws IOException {
    assertThat(
            text(
                "Gate<input value=7731><input type=hidden value=1><input type=password value=2>"
                    + "<input type=checkbox value=3>open<input type=Submit value=Go>"))
        .isEqualTo("Gate 7731 open Go\n");
  }

  @Test
  void tablesThatFrameAPageKeepItsParagraphs() throws IOException {
    String data = "<table><tr><td>C<td><td>31</table>";
    assertThat(text("<table><tr><td>Menu<td><p>One.</p>" + data + "</table>"))
        .isEqualTo("Menu\n\nOne.\n\nC\t\t31\n");
    assertThat(text("<table><tr><td>Menu<td><h1>A</h1><p>b<p>c</table>"))
        .isEqualTo("Menu\n\nA\n\nb\n\nc\n");
    assertThat(text("<table role=presentation><tr><td>a<td>b</table>")).isEqualTo("a\nb\n");
    assertThat(text("<table><tr><td>a<tr><td>b</table>")).isEqualTo("a\nb\n");
  }

  @Test
  void spansEndWithTheirGroupOfRowsAndTheirPage() throws IOException {
    assertThat(
            text(
                "<table><thead><tr><th rowspan=9>a<th>b</thead><tr><td>c<td>d"
                    + "<tr><td rowspan=0>e<td>f<tr><td>g<tr><td>h</table>"))
        .isEqualTo("a\tb\nc\td\ne\tf\n\tg\n\th\n");
    String wide = "<td rowspan=65534 colspan=1000>x".repeat(100);
    String page = "<table><tr>" + wide + "<tr><td>y".repeat(10_000) + "</table>";
    assertThat(text(page)).hasSizeLessThan(1_100_000);
  }

  @Test
  void rowsAndCellsWithoutATableAreLines() throws IOException {
    StringWriter text = new StringWriter();
    String page = "<div><td>a<td>b</td></td><tr><td>c</td></tr></div>";
    HtmlText.write(Jsoup.parse(page, "", Parser.xmlParser()), text);
    assertThat(text.toString()).isEqualTo("a\nb\nc\n");
  }

  @Test
  void deepNestingOfAnyElementIsRead() throws IOException {
    for (String name : new String[] {"table><td", "sup", "ol><li", "math><msqrt", "q", "select"}) {
      assertThat(text("<%s>".formatted(name).repeat(20_000) + "deep")).as(name).contains("deep");
    }
  }
}
