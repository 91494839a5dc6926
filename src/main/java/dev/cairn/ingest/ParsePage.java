package dev.cairn.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.jsoup.parser.TagSet;
import org.springframework.core.io.InputStreamSource;

/**
 * Makes the tree of a page. XHTML that is well-formed is read by the rules of XML; where it is not,
 * as a page that was sent as HTML often is, by those of HTML, but for {@code <a/>}, which is an
 * element that has ended.
 */
final class ParsePage {

  private final InputStreamSource page;

  ParsePage(InputStreamSource page) {
    this.page = page;
  }

  /** As the bytes' form says, or as the page declares where that leaves it open. */
  TextEncoding encoding() throws IOException {
    TextEncoding detected = detect();
    if (!detected.guessed()) {
      return detected;
    }
    Charset declared = declared();
    return isUnicode(declared) ? detected : new TextEncoding(declared, 0, false);
  }

  private TextEncoding detect() throws IOException {
    try (InputStream bytes = page.getInputStream()) {
      return DetectEncoding.of(bytes);
    }
  }

  private Charset declared() throws IOException {
    try (InputStream bytes = page.getInputStream()) {
      return Jsoup.parse(bytes, null, "").charset();
    }
  }

  /** In Unicode the bytes would have its form. */
  private static boolean isUnicode(Charset charset) {
    return charset.name().startsWith("UTF-");
  }

  Document parse(Format format, TextEncoding encoding) throws IOException {
    try (Reader characters = encoding.read(page.getInputStream())) {
      return parser(format, encoding).parseInput(characters, "");
    }
  }

  private Parser parser(Format format, TextEncoding encoding) throws IOException {
    if (format != Format.XHTML) {
      return Parser.htmlParser();
    }
    return isWellFormed(encoding)
        ? Parser.xmlParser()
        : Parser.htmlParser().tagSet(withEmptyElements());
  }

  private static TagSet withEmptyElements() {
    TagSet tags = new TagSet(TagSet.Html());
    tags.onNewTag(tag -> tag.set(Tag.SelfClose));
    return tags;
  }

  private boolean isWellFormed(TextEncoding encoding) throws IOException {
    try (Reader characters = encoding.read(page.getInputStream())) {
      XMLStreamReader events = xml().createXMLStreamReader(characters);
      while (events.hasNext()) {
        events.next();
      }
      return true;
    } catch (XMLStreamException e) {
      return false;
    }
  }

  /** Nothing that the page names is fetched, and entities are left to jsoup, which bounds them. */
  private static XMLInputFactory xml() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
