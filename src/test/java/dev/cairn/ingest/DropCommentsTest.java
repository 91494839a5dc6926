package dev.cairn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DropCommentsTest {

  /** In pieces of every length, since the buffers of a long file cut anywhere. */
  private static String shown(String markdown) throws IOException {
    String whole = shown(markdown, markdown.length());
    for (int piece = 1; piece < markdown.length(); piece++) {
      assertThat(shown(markdown, piece)).isEqualTo(whole);
    }
    return whole;
  }

  private static String shown(String markdown, int piece) throws IOException {
    LastCommentEnd lastEnd = new LastCommentEnd();
    lastEnd.write(markdown);
    StringWriter shown = new StringWriter();
    DropComments comments = new DropComments(shown, lastEnd.position());
    for (int from = 0; from < markdown.length(); from += piece) {
      comments.write(markdown, from, Math.min(piece, markdown.length() - from));
    }
    comments.flush();
    return shown.toString();
  }

  @Test
  void commentsAreDroppedWhereverTheyStand() throws IOException {
    assertThat(shown("a <!-- b -->c<!---->d<!-->e<!--->f")).isEqualTo("a cdef");
    assertThat(shown("a\n<!-- b\n\n```\n-->\nc <!-- d --> e")).isEqualTo("a\n\nc  e");
    assertThat(shown("> - <!-- a -->b\n1. <!-- c -->d")).isEqualTo("> - b\n1. d");
    assertThat(shown("<<!-- a -->!<!<!-- b -->--")).isEqualTo("<!<!--");
  }

  @Test
  void whatNeverEndsIsNoComment() throws IOException {
    assertThat(shown("a --> b <!-- c <!")).isEqualTo("a --> b <!-- c <!");
    assertThat(shown("<!--")).isEqualTo("<!--");
    assertThat(shown("a <!-")).isEqualTo("a <!-");
  }

  @Test
  void codeIsKept() throws IOException {
    for (String code :
        new String[] {
          "`<!-- a -->`",
          "``` <!-- a --> ```",
          "~~~\n<!-- a -->\n~~\n<!-- b -->\n~~~~\n",
          "- ```\n  <!-- a -->\n  ```\n",
          "````\n```\n<!-- a -->\n````",
          "```md\n``` no end\n<!-- a -->\n",
          "a\n\n\t<!-- b -->\n    c <!-- d -->\n",
          "\\<!-- a -->"
        }) {
      assertThat(shown(code)).isEqualTo(code);
    }
  }

  @Test
  void codeEnds() throws IOException {
    assertThat(shown("`a`<!-- b -->")).isEqualTo("`a`");
    assertThat(shown("```\na\n``` \r\n<!-- b -->c")).isEqualTo("```\na\n``` \r\nc");
    assertThat(shown("~~old~~ <!-- b -->c")).isEqualTo("~~old~~ c");
    assertThat(shown("```a``` <!-- b -->c")).isEqualTo("```a``` c");
    assertThat(shown("one ` alone\n\ntwo <!-- b -->c")).isEqualTo("one ` alone\n\ntwo c");
    assertThat(shown("one ` alone\n<!-- b -->c")).isEqualTo("one ` alone\nc");
    assertThat(shown("a\n\n    b\n<!-- c -->d")).isEqualTo("a\n\n    b\nd");
    assertThat(shown("a\n    <!-- lazy -->b")).isEqualTo("a\n    b");
    assertThat(shown("\\\\<!-- b -->c")).isEqualTo("\\\\c");
  }
}
