package dev.assent.source;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/// Connects to one server and to no other: JGit would carry a token along when it is redirected.
final class OneServer implements HttpConnectionFactory {

    private final HttpConnectionFactory connections = new JDKHttpConnectionFactory();
    private final Address address;

    OneServer(Address address) {
        this.address = address;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        check(url);
        return connections.create(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        check(url);
        return connections.create(url, proxy);
    }

    private void check(URL url) throws IOException {
        var home = address.uri();
        if (!home.getScheme().equalsIgnoreCase(url.getProtocol())
                || !home.getHost().equalsIgnoreCase(url.getHost())
                || home.getPort() != url.getPort()) {
            throw new RedirectedAwayException(url);
        }
    }

    /// The configured server has sent us elsewhere.
    static final class RedirectedAwayException extends IOException {

        @java.io.Serial private static final long serialVersionUID = 1;

        RedirectedAwayException(URL url) {
            super(
                    "it redirects to "
                            + url.getProtocol()
                            + "://"
                            + url.getHost()
                            + (url.getPort() < 0 ? "" : ":" + url.getPort())
                            + ", and a token is not taken to another server");
        }
    }
}
