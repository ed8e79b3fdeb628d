package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.WebSessions;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does, without scripts: keeps cookies, sends forms with the token of the last page and its origin. */
public final class Browser {
    private static final Pattern TOKEN = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]*)\"");

    private final URI base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private String token = "";

    Browser(URI base) {
        this.base = base;
    }

    /** Looks at a page; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return remembering(send(request.GET().build()));
    }

    /** Sends a form as a page of ours would; {@code fields} are names and values in turn. */
    public HttpResponse<String> post(String path, String... fields) {
        StringJoiner form = new StringJoiner("&");
        form.add("csrf=" + token);
        for (int i = 0; i < fields.length; i += 2) {
            form.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return remembering(send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin())
                .POST(BodyPublishers.ofString(form.toString()))
                .build()));
    }

    /** Sends a form with a file in its field {@code file}, as {@link #post}. */
    public HttpResponse<String> upload(String path, String fileName, byte[] file, String... fields) {
        return upload(token, path, fileName, file, fields);
    }

    /** The same with a token of the sender's choice. */
    public HttpResponse<String> upload(String withToken, String path, String fileName, byte[] file, String... fields) {
        String boundary = "----part-of-a-form";
        StringBuilder form = new StringBuilder(part(boundary, "csrf", withToken));
        for (int i = 0; i < fields.length; i += 2) {
            form.append(part(boundary, fields[i], fields[i + 1]));
        }
        form.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                        .formatted(boundary, fileName))
                .append("Content-Type: application/octet-stream\r\n\r\n");
        return remembering(send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Origin", origin())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(form.toString()),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                .build()));
    }

    private static String part(String boundary, String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value);
    }

    /** Sends a form and looks where the redirect leads; the answer itself if there is none. */
    public HttpResponse<String> submit(String path, String... fields) {
        HttpResponse<String> answer = post(path, fields);
        return answer.statusCode() == 303 ? follow(answer) : answer;
    }

    /** Posts a document as programs do; some page must have been got before. */
    public HttpResponse<String> json(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Origin", origin())
                .header("X-CSRF-Token", token())
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> follow(HttpResponse<String> redirect) {
        URI target = base.resolve(redirect.headers().firstValue("Location").orElseThrow());
        return remembering(send(HttpRequest.newBuilder(target).GET().build()));
    }

    /** The page of an answer that must be 200. */
    public static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri() + "\n" + answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Begins any other request; {@code path} is below the context path and begins with a slash. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(request.toString(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public String origin() {
        return base.getScheme() + "://" + base.getAuthority();
    }

    /** The token of the last page. */
    public String token() {
        return token;
    }

    public CookieManager cookies() {
        return cookies;
    }

    /** A browser of a console anywhere, signed in. */
    public static Browser signedIn(URI base, Database database, String account) {
        return new Browser(base).withSessionOf(database, account);
    }

    Browser withSessionOf(Database database, String account) {
        String secret = database.inTransaction(transaction -> WebSessions.open(
                transaction, Accounts.find(transaction, account).orElseThrow().id()));
        HttpCookie cookie = new HttpCookie("yardmaster", secret);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(base, cookie);
        token = database.inTransaction(transaction ->
                WebSessions.find(transaction, secret, true).orElseThrow().csrfToken());
        return this;
    }

    private HttpResponse<String> remembering(HttpResponse<String> page) {
        Matcher found = TOKEN.matcher(page.body());
        if (found.find()) {
            token = found.group(1);
        }
        return page;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
