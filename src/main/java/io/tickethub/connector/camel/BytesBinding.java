package io.tickethub.connector.camel;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request's body over as the bytes come, whatever it says of itself: nothing is read before
 * the channel's limit is known, nothing unpacked, no form taken for headers, no query for either.
 */
final class BytesBinding extends DefaultHttpBinding {

  private static final Logger LOG = LoggerFactory.getLogger(BytesBinding.class);

  BytesBinding(HeaderFilterStrategy headers) {
    setHeaderFilterStrategy(headers);
    setMapHttpMessageBody(false);
    setMapHttpMessageFormUrlEncodedBody(false);
  }

  @Override
  public Object parseBody(HttpServletRequest request, Message message) throws IOException {
    return request.getInputStream();
  }

  @Override
  protected void populateRequestParameters(HttpServletRequest request, Message message) {
    // Parameters are no headers; looking at them would read the body of a form.
  }

  @Override
  public void doWriteExceptionResponse(Throwable exception, HttpServletResponse response)
      throws IOException {
    LOG.error("a message could not be answered", exception);
    response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }
}
