package dev.cairn.access;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Unpacks a JSON body, and refuses one that is too large before more is read than is allowed. */
@ControllerAdvice
final class LimitBody extends RequestBodyAdviceAdapter {

  private final long most;

  LimitBody(AccessSettings settings) {
    this.most = settings.bodyLimit().toBytes();
  }

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type targetType,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    if (message.getHeaders().getContentLength() > most) {
      throw tooLarge();
    }
    HttpHeaders headers = message.getHeaders();
    List<String> codings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
    return new Limited(
        headers, new LimitedStream(ContentCoding.unpack(message.getBody(), codings)));
  }

  private Problem tooLarge() {
    return new Problem(
        ProblemCode.TOO_LARGE,
        "A body of JSON has at most %d bytes (cairn.access.body-limit): send less."
            .formatted(most));
  }

  private record Limited(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {}

  /** A body whose length is not known, or that was packed, is counted while it is read. */
  private final class LimitedStream extends FilterInputStream {

    private long read;

    LimitedStream(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) {
      read += more;
      if (read > most) {
        throw tooLarge();
      }
    }
  }
}
