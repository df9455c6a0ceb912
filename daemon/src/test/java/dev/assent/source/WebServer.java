package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A real Git server over HTTP; it remembers what it was asked and with which credentials.
public final class WebServer implements AutoCloseable {

    private final Server server =
            new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private volatile Optional<String> login = Optional.empty();
    private volatile Optional<String> redirect = Optional.empty();
    private final AtomicInteger answersLeft = new AtomicInteger(Integer.MAX_VALUE);

    public WebServer(Path repositories) throws Exception {
        var git = new GitServlet();
        git.setRepositoryResolver((HttpServletRequest _, String name) -> {
            var folder = repositories.resolve(name).toFile();
            try {
                return new FileRepositoryBuilder().setGitDir(folder).setMustExist(true).build();
            } catch (IOException e) {
                throw new RepositoryNotFoundException(name, e);
            }
        });
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(git), "/*");
        context.addFilter(
                new FilterHolder(
                        (Filter)
                                (request, response, chain) -> {
                                    var http = (HttpServletRequest) request;
                                    var answer = (HttpServletResponse) response;
                                    requests.add(http.getMethod() + " " + http.getRequestURI());
                                    var given =
                                            Optional.ofNullable(http.getHeader("Authorization"));
                                    given.ifPresent(credentials::add);
                                    if (answersLeft.getAndDecrement() <= 0) {
                                        answer.setStatus(500);
                                    } else if (redirect.isPresent()) {
                                        var query = http.getQueryString();
                                        answer.setStatus(302);
                                        answer.setHeader(
                                                "Location",
                                                redirect.get()
                                                        + http.getRequestURI()
                                                        + "?"
                                                        + query);
                                    } else if (login.isPresent() && !login.equals(given)) {
                                        answer.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
                                        answer.setStatus(401);
                                    } else {
                                        chain.doFilter(request, response);
                                    }
                                }),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public void demand(String user, String token) {
        var plain = (user + ":" + token).getBytes(UTF_8);
        login = Optional.of("Basic " + Base64.getEncoder().encodeToString(plain));
    }

    void redirectTo(String url) {
        redirect = Optional.of(url);
    }

    /// From now on it answers so many requests and fails at all others.
    void failAfter(int answers) {
        answersLeft.set(answers);
    }

    /// What was asked since the last time this was called.
    public List<String> requests() {
        var all = List.copyOf(requests);
        requests.clear();
        return all;
    }

    List<String> credentials() {
        return credentials;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
