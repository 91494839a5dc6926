package dev.cairn.tokenizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tokens that no text gives: a template alone has them, by their content. Special ones stand
 * for no text; the others, such as a mark of thinking, decode to their content.
 */
final class AddedTokens {

  /** One of them. */
  record Token(int id, String content, boolean special) {}

  /** A part of a template. */
  sealed interface Piece {}

  /** What lies between added tokens, never empty. */
  record Text(String text) implements Piece {}

  /** An added token. */
  record Control(int id) implements Piece {}

  private final Map<Integer, Token> byId = new HashMap<>();

  /** The longest first, which is the one that a template means. */
  private final List<Token> longestFirst;

  AddedTokens(Collection<Token> tokens) {
    tokens.forEach(token -> byId.put(token.id(), token));
    longestFirst =
        tokens.stream()
            .filter(token -> !token.content().isEmpty())
            .sorted(Comparator.comparingInt((Token token) -> token.content().length()).reversed())
            .toList();
  }

  /** The id whose content is this. */
  OptionalInt id(String content) {
    return longestFirst.stream()
        .filter(token -> token.content().equals(content))
        .mapToInt(Token::id)
        .findFirst();
  }

  boolean contains(int id) {
    return byId.containsKey(id);
  }

  /** What an id decodes to; nothing when it is not an added token's. */
  Optional<String> text(int id) {
    return Optional.ofNullable(byId.get(id)).map(token -> token.special() ? "" : token.content());
  }

  /** Cuts a template at every added token. */
  List<Piece> split(String template) {
    List<Piece> pieces = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at < template.length(); ) {
      Optional<Token> token = tokenAt(template, at);
      if (token.isPresent()) {
        addText(template.substring(begin, at), pieces);
        pieces.add(new Control(token.get().id()));
        begin = at + token.get().content().length();
      }
      at = Math.max(begin, at + 1);
    }
    addText(template.substring(begin), pieces);
    return pieces;
  }

  private Optional<Token> tokenAt(String template, int at) {
    return longestFirst.stream()
        .filter(token -> template.startsWith(token.content(), at))
        .findFirst();
  }

  private static void addText(String text, List<Piece> pieces) {
    if (!text.isEmpty()) {
      pieces.add(new Text(text));
    }
  }
}
