package io.tickethub.connector.camel;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.http.common.HttpHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request's body over as the bytes come, whatever it says of itself: nothing is read before
 * the channel's limit is known, nothing unpacked, no form taken for headers, no query for either.
 * Of its headers the permitted are looked for, no other is looked at.
 */
final class BytesBinding extends DefaultHttpBinding {

  /** The property of an exchange that holds the certificate its sender showed by TLS. */
  static final String CERTIFICATE = "hubClientCertificate";

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private static final Logger LOG = LoggerFactory.getLogger(BytesBinding.class);

  private final InboundHeaders permitted;

  BytesBinding(InboundHeaders permitted) {
    this.permitted = permitted;
    setHeaderFilterStrategy(permitted);
  }

  @Override
  public void readRequest(HttpServletRequest request, Message message) {
    message
        .getExchange()
        .setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
    Map<String, Object> headers = message.getHeaders();
    headers.put(Exchange.HTTP_PATH, request.getPathInfo());
    for (String name : permitted.inbound()) {
      Enumeration<String> values = request.getHeaders(name);
      while (values.hasMoreElements()) {
        HttpHelper.appendHeader(headers, name, values.nextElement());
      }
    }
    headers.computeIfAbsent(Exchange.CONTENT_TYPE, name -> request.getContentType());
    if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
      message.getExchange().setProperty(CERTIFICATE, chain[0]);
    }
  }

  @Override
  public Object parseBody(HttpServletRequest request, Message message) throws IOException {
    return request.getInputStream();
  }

  /** In one piece, where Camel would send it in chunks and flush each. */
  @Override
  protected void doWriteDirectResponse(
      Message message, HttpServletResponse response, Exchange exchange) throws IOException {
    if (message.getBody() instanceof byte[] bytes) {
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    } else {
      super.doWriteDirectResponse(message, response, exchange);
    }
  }

  @Override
  public void doWriteExceptionResponse(Throwable exception, HttpServletResponse response)
      throws IOException {
    LOG.error("a message could not be answered", exception);
    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}
