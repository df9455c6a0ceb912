package dev.assent.http;

import dev.assent.http.api.ErrorAnswer;
import dev.assent.http.api.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers what never reaches a handler (malformed requests, odd paths) with a sentence too: no
/// page, no product name, no stack trace.
final class JettyErrors extends ErrorHandler {

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            Throwable cause,
            Callback callback) {
        var answer = ErrorAnswer.of("the request could not be understood", Optional.empty());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        var bytes = Wire.MAPPER.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
