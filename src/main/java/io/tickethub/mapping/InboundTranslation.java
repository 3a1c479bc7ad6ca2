package io.tickethub.mapping;

import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketList;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The way of one channel's messages from bytes to changes, step by step. Thread-safe. */
public final class InboundTranslation {

  private final Translation.Syntax syntax;
  private final MappingExpression mapping;
  private final MappingExpression messageId;
  private final Translation translation;

  InboundTranslation(
      Translation.Syntax syntax,
      MappingExpression mapping,
      MappingExpression messageId,
      Translation translation) {
    this.syntax = syntax;
    this.mapping = mapping;
    this.messageId = messageId;
    this.translation = translation;
  }

  public String decode(byte[] body) {
    return syntax.codec().decode(body);
  }

  /** The offset of the first byte that is no text of the charset; the length if all are. */
  public int firstUndecodable(byte[] body) {
    return syntax.codec().firstBadByte(body);
  }

  /** The tree of a text that keeps to the schema. */
  public Object parse(String text) {
    return syntax.format().read(text);
  }

  /** The sender's id of a message. */
  public String messageId(Object tree, byte[] body, MessageFacts facts) {
    if (messageId == null) {
      return digest(body);
    }
    Object id = messageId.evaluate(tree, variables(facts));
    if (id == null || String.valueOf(id).isBlank()) {
      throw new MappingException(
          Problem.of(ProblemCode.MISSING_FIELD, "message id", null, "the message carries no id"));
    }
    return String.valueOf(id);
  }

  /** What the message means, in the order in which it is to be applied. */
  public List<Change> map(Object tree, MessageFacts facts) {
    Object mapped = mapping.evaluate(tree, variables(facts));
    try {
      return translation.changes(mapped);
    } catch (MappingException e) {
      throw new MappingException(e.problem().foundBy(mapping.source()));
    }
  }

  /** The list of tickets the message is, or a part of it. */
  public TicketList list(Object tree, MessageFacts facts) {
    Object mapped = mapping.evaluate(tree, variables(facts));
    try {
      return translation.list(mapped);
    } catch (MappingException e) {
      throw new MappingException(e.problem().foundBy(mapping.source()));
    }
  }

  public Format format() {
    return syntax.format();
  }

  private static Map<String, Object> variables(MessageFacts facts) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("receivedAt", facts.receivedAt().toString());
    message.put("headers", facts.headers());
    if (facts.fileName() != null) {
      message.put("fileName", facts.fileName());
    }
    return Map.of("message", message);
  }

  private static String digest(byte[] body) {
    try {
      return "sha256-"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
