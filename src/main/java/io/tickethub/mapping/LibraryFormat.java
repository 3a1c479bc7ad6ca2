package io.tickethub.mapping;

import com.networknt.schema.JsonSchema;
import io.tickethub.ticket.ProblemCode;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * A {@link MessageFormat} among the hub's own: same charsets, limits and schemas. Whatever it
 * throws stops the one message and nothing else.
 */
public final class LibraryFormat implements Format {

  private final MessageFormat format;
  private final JsonFormat json;
  private final TextCodec codec;
  private final Limits limits;

  /** Without a schema if {@code schema} is null. */
  public LibraryFormat(MessageFormat format, JsonSchema schema, TextCodec codec, Limits limits) {
    this.format = format;
    this.json = new JsonFormat(schema, limits);
    this.codec = codec;
    this.limits = limits;
  }

  @Override
  public Object read(String text) {
    return json.checked(
        guarded(
            ProblemCode.MALFORMED,
            "read it",
            () -> {
              Object tree = format.parse(codec.bytes(text), codec.readCharset());
              if (tree == null) {
                throw new MappingException(ProblemCode.MALFORMED, "the message holds nothing");
              }
              return PlainTree.copy(tree, limits);
            }));
  }

  @Override
  public String write(Object tree) {
    Object sayable = codec.sayable(json.checked(tree));
    return guarded(
        ProblemCode.MAPPING,
        "write it",
        () -> codec.decode(format.write(sayable, codec.charset())));
  }

  /** Foreign code may throw anything: an overflow of the stack, an error of linkage. */
  private <T> T guarded(ProblemCode code, String action, Callable<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(format.getClass().getClassLoader());
    try {
      return work.call();
    } catch (MappingException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      if (e instanceof InterruptedException) {
        thread.interrupt();
      }
      throw failure(code, action, e);
    } catch (Throwable e) {
      throw failure(ProblemCode.INTERNAL, action, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Without the message of what was thrown, which may hold personal data. */
  private MappingException failure(ProblemCode code, String action, Throwable thrown) {
    return new MappingException(
        code,
        "the format '%s' cannot %s: %s at %s"
            .formatted(format.name(), action, thrown.getClass().getSimpleName(), place(thrown)));
  }

  private String place(Throwable thrown) {
    StackTraceElement[] places = thrown.getStackTrace();
    return Arrays.stream(places)
        .filter(place -> place.getClassName().startsWith(format.getClass().getName()))
        .findFirst()
        .or(() -> Arrays.stream(places).findFirst())
        .map(
            place ->
                "%s.%s, line %d"
                    .formatted(place.getClassName(), place.getMethodName(), place.getLineNumber()))
        .orElse("no known place");
  }
}
