// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/httpserver.h"

#include "server/program/doorkeeper.h"
#include "server/program/figures.h"
#include "server/program/news.h"
#include "server/program/pace.h"
#include "sync/wire/messages.h"

#include <QDateTime>
#include <utility>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <thread>

namespace clinic::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto headerTimeout = Pace::patience; // limits the cost of a slow or half-open client
constexpr auto replyTimeout = 60s;
constexpr auto idleTimeout = 75s; // of senders with a token
constexpr auto lastWords = 2s;
constexpr size_t mostDropped = size_t(4) << 20;
constexpr std::uint32_t mostHeaderBytes = 8192;
constexpr qsizetype worthPacking = 200;
constexpr size_t smallBuffer = 2048; // of a waiting connection
constexpr size_t largeBuffer = 65536;

constexpr auto healthIsGoodFor = 1s; // the check writes to the disk, and any sender may ask

Doorkeeper::Limits limitsOf(const HttpOptions &options)
{
    Doorkeeper::Limits limits;
    const auto limit = [&limits](Doorkeeper::Thing thing) -> Doorkeeper::Limit & {
        return limits[size_t(thing)];
    };
    using Thing = Doorkeeper::Thing;
    limit(Thing::Connection) = {options.mostConnections, options.mostConnectionsPerAddress};
    limit(Thing::Body) = {options.mostBytesUnderWay, options.mostBytesUnderWay / 8};
    limit(Thing::StrangerBody) = {options.mostBytesUnderWay / 32, options.mostBytesUnderWay / 256};
    limit(Thing::ParcelBody) = {options.mostBytesUnderWay / 8, options.mostBytesUnderWay / 16};
    if (options.certificateFile.empty()) { // behind a proxy all senders have its address
        for (const Thing thing : {Thing::Connection, Thing::StrangerBody, Thing::ParcelBody})
            limit(thing).mostOfOne = limit(thing).most;
    }
    return limits;
}

QByteArray bytes(beast::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

// PCs whose token the database confirmed lately, for waiting: 5,000 PCs ask every 25 seconds. A PC revoked
// meanwhile gets heads for a few minutes more, and nothing else.
class LetIn
{
public:
    [[nodiscard]] bool has(const Id &device)
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_at.constFind(device);
        return it != m_at.constEnd() && std::chrono::steady_clock::now() - *it < std::chrono::minutes(5);
    }
    void note(const Id &device)
    {
        const std::lock_guard lock(m_mutex);
        if (m_at.size() > 100'000) // more than any server has
            m_at.clear();
        m_at.insert(device, std::chrono::steady_clock::now());
    }

private:
    std::mutex m_mutex;
    QHash<Id, std::chrono::steady_clock::time_point> m_at;
};

} // namespace

struct HttpServer::Private
{
    Private(Service &s, HttpOptions o)
        : service(s),
          options(std::move(o)),
          doorkeeper(limitsOf(options)),
          pool(size_t(options.workers)),
          acceptor(io),
          limiter(options.requestsPerSecond),
          news(service.isShared())
    {}

    Service &service;
    HttpOptions options;
    Doorkeeper doorkeeper; // before io: pending coroutines give their share back
    asio::io_context io;
    asio::thread_pool pool;
    tcp::acceptor acceptor;
    std::unique_ptr<asio::ssl::context> tls;
    Figures figures;
    RateLimiter limiter;
    News news;
    LetIn letIn;
    std::mutex healthMutex;
    std::optional<std::chrono::steady_clock::time_point> healthKnownAt;
    Response lastHealth;
    std::atomic<bool> stopping = false;
    unsigned short bound = 0;

    template <class Stream>
    asio::awaitable<void> converse(Stream &stream, std::string peer);
    template <class Stream>
    asio::awaitable<void> drop(Stream &stream, size_t left);
    template <class Stream>
    asio::awaitable<void> letFinish(Stream &stream);
    asio::awaitable<void> session(tcp::socket socket, Doorkeeper::Share place);
    asio::awaitable<Response> health(Request request);
    asio::awaitable<void> accept();
    asio::awaitable<Response> answer(Request request);
    asio::awaitable<Response> waitForNews(Request request);
    asio::awaitable<void> watchOthers();
};

HttpServer::HttpServer(Service &service, HttpOptions options)
    : d(std::make_unique<Private>(service, std::move(options)))
{}

HttpServer::~HttpServer() = default;

std::string HttpServer::listen()
{
    boost::system::error_code failed;
    const auto address = asio::ip::make_address(d->options.address, failed);
    if (failed)
        return "not an address: " + d->options.address;
    if (d->options.certificateFile.empty()) {
        if (!address.is_loopback())
            return "without a certificate only a loopback address is served";
    } else {
        d->tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
        d->tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                            asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                            asio::ssl::context::no_tlsv1_1);
        // TLS 1.2 only with forward secrecy and authenticated encryption.
        SSL_CTX_set_options(d->tls->native_handle(), SSL_OP_NO_RENEGOTIATION);
        if (SSL_CTX_set_cipher_list(d->tls->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1)
            return "the TLS library has none of the ciphers that are wanted";
        d->tls->use_certificate_chain_file(d->options.certificateFile, failed);
        if (!failed)
            d->tls->use_private_key_file(d->options.keyFile, asio::ssl::context::pem, failed);
        if (failed)
            return "certificate or key cannot be used: " + failed.message();
        // Most connections are idle.
        SSL_CTX_set_mode(d->tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    }
    const tcp::endpoint endpoint(address, d->options.port);
    d->acceptor.open(endpoint.protocol(), failed);
    if (!failed)
        d->acceptor.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed)
        d->acceptor.bind(endpoint, failed);
    if (!failed)
        d->acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        return "cannot listen on " + d->options.address + ": " + failed.message();
    d->bound = d->acceptor.local_endpoint().port();
    return {};
}

unsigned short HttpServer::port() const
{
    return d->bound;
}

asio::awaitable<Response> HttpServer::Private::answer(Request request)
{
    // Workers wait for the database, so that no connection blocks another.
    const Figures::Busy busy(figures);
    Response response = co_await asio::co_spawn(
        pool, [this, &request]() -> asio::awaitable<Response> { co_return service.handle(request); },
        asio::use_awaitable);
    if (response.status == 200 && !response.hospital.isNull())
        news.tell(response.hospital, response.head, response.epoch);
    co_return response;
}

asio::awaitable<Response> HttpServer::Private::health(Request request)
{
    {
        const std::lock_guard lock(healthMutex);
        if (healthKnownAt && std::chrono::steady_clock::now() - *healthKnownAt < healthIsGoodFor)
            co_return lastHealth;
    }
    Response response = co_await answer(request);
    const std::lock_guard lock(healthMutex);
    healthKnownAt = std::chrono::steady_clock::now();
    lastHealth = response;
    co_return response;
}

asio::awaitable<Response> HttpServer::Private::waitForNews(Request request)
{
    const auto who = service.bearer(request);
    if (!who)
        co_return errorResponse(401, "token");
    const qint64 since = request.query.startsWith("since=") ? request.query.mid(6).toLongLong() : -1;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options.liveSeconds);
    while (true) {
        const quint64 version = news.version(who->hospital);
        Response response;
        const auto known = news.latest(who->hospital);
        if (known && letIn.has(who->device))
            response = service.still(who->hospital, known->first, known->second);
        else {
            response = co_await answer(request);
            if (response.status == 200)
                letIn.note(who->device);
        }
        if (response.status != 200 || response.head != since)
            co_return response;
        co_await news.wait(who->hospital, version, until);
        if (stopping || std::chrono::steady_clock::now() >= until)
            co_return service.still(who->hospital, response.head, response.epoch);
    }
}

// Commits of other instances: one query for all hospitals with waiting PCs.
asio::awaitable<void> HttpServer::Private::watchOthers()
{
    asio::steady_timer pause(io);
    while (!stopping) {
        boost::system::error_code ignored;
        pause.expires_after(100ms);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        const QList<Id> hospitals = news.hospitals();
        if (hospitals.isEmpty())
            continue;
        const auto heads = co_await asio::co_spawn(
            pool,
            [this, &hospitals]() -> asio::awaitable<QHash<Id, qint64>> {
                co_return service.heads(hospitals).value_or(QHash<Id, qint64>());
            },
            asio::use_awaitable);
        for (auto head = heads.cbegin(); head != heads.cend(); ++head)
            news.tell(head.key(), head.value());
    }
}

// Reads the rest of a refused body and drops it: a client reads no answer before it has sent everything.
template <class Stream>
asio::awaitable<void> HttpServer::Private::drop(Stream &stream, size_t left)
{
    const Pace pace(std::chrono::steady_clock::now());
    boost::system::error_code failed;
    std::array<char, smallBuffer> dropped{};
    for (size_t got = 0; got < left && !failed;) {
        beast::get_lowest_layer(stream).expires_at(pace.deadline(std::chrono::steady_clock::now(), got));
        got += co_await stream.async_read_some(asio::buffer(dropped),
                                               asio::redirect_error(asio::use_awaitable, failed));
    }
}

// Closing while the client still sends would lose the answer.
template <class Stream>
asio::awaitable<void> HttpServer::Private::letFinish(Stream &stream)
{
    auto &lowest = beast::get_lowest_layer(stream);
    boost::system::error_code failed;
    lowest.socket().shutdown(tcp::socket::shutdown_send, failed);
    lowest.expires_after(lastWords);
    std::array<char, smallBuffer> dropped{};
    for (size_t left = mostDropped; left > 0 && !failed;)
        left -= std::min(left, co_await stream.async_read_some(
                                   asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, failed)));
}

template <class Stream>
asio::awaitable<void> HttpServer::Private::converse(Stream &stream, std::string peer)
{
    auto &lowest = beast::get_lowest_layer(stream);
    beast::flat_buffer buffer;
    buffer.reserve(smallBuffer);
    const std::string sender = Doorkeeper::senderOf(peer);
    bool unread = false;
    bool isKnown = false;
    for (bool keep = true; keep && !stopping;) {
        boost::system::error_code failed;
        const auto token = [&failed] { return asio::redirect_error(asio::use_awaitable, failed); };
        if (buffer.size() == 0) {
            lowest.expires_after(isKnown ? idleTimeout : headerTimeout);
            buffer.commit(co_await stream.async_read_some(buffer.prepare(smallBuffer), token()));
            if (failed)
                co_return;
        }
        http::request_parser<http::string_body> parser;
        parser.header_limit(mostHeaderBytes);
        parser.body_limit(std::numeric_limits<std::uint64_t>::max()); // admission sets the limit; "none"
                                                                      // means none
        lowest.expires_after(headerTimeout);
        co_await http::async_read_header(stream, buffer, parser, token());
        if (failed && failed != http::error::header_limit)
            co_return;
        const auto began = std::chrono::steady_clock::now();
        const auto &message = parser.get();
        const QByteArray target = bytes(message.target());
        const auto question = target.indexOf('?');
        Request request{bytes(message.method_string()),
                        question < 0 ? target : target.first(question),
                        question < 0 ? QByteArray() : target.mid(question + 1),
                        {},
                        {},
                        QDateTime::currentMSecsSinceEpoch()};
        const QByteArray authorization = bytes(message[http::field::authorization]);
        if (authorization.startsWith("Bearer "))
            request.token = authorization.mid(7);
        const bool isMetrics = request.path == "/metrics" && request.method == "GET";
        // The request line and headers decide; a refused body is not kept.
        const std::uint64_t length = failed ? 0 : parser.content_length().value_or(0);
        Response response;
        std::optional<Doorkeeper::Share> share;
        size_t mostUnpacked = 0;
        if (failed) {
            response = errorResponse(431, "headers");
        } else if (length > options.mostBodyBytes) {
            response = errorResponse(413, "too-large");
        } else if (!limiter.allows(sender)) {
            response = errorResponse(429, "too-many-requests");
        } else if (parser.chunked()) { // a body without a declared length has no limit
            response = errorResponse(411, "length");
        } else if (!isMetrics) {
            const auto admission = service.admit(request);
            response = admission.refusal;
            isKnown = isKnown || !admission.device.isNull();
            mostUnpacked = std::min(admission.mostBytes, size_t(sync::limits::unpackedRequest));
            if (response.status == 200 && length > admission.mostBytes)
                response = errorResponse(413, "too-large");
            if (response.status == 200 && length > 0) {
                using Thing = Doorkeeper::Thing;
                share = !admission.device.isNull()
                            ? doorkeeper.take(Thing::Body, admission.device.toString().toStdString(), length)
                            : doorkeeper.take(admission.isParcel ? Thing::ParcelBody : Thing::StrangerBody,
                                              sender, length);
                if (!share)
                    response = errorResponse(503, "busy");
            }
        } else if (length > 0) {
            response = errorResponse(413, "too-large");
        }
        const bool isAdmitted = response.status == 200;
        // A refused sender without a body may ask again, but not at full speed.
        const bool hasBody = length > 0 || parser.chunked();
        keep = !failed && (isAdmitted || (!hasBody && response.status != 429));
        if (isAdmitted && !isMetrics) {
            if (message[http::field::expect] == "100-continue") {
                http::response<http::empty_body> go(http::status::continue_, 11);
                co_await http::async_write(stream, go, token());
            }
            if (length > smallBuffer)
                buffer.reserve(largeBuffer);
            const Pace pace(std::chrono::steady_clock::now());
            while (!failed && !parser.is_done()) {
                const auto left = parser.content_length_remaining().value_or(length);
                lowest.expires_at(pace.deadline(std::chrono::steady_clock::now(), size_t(length - left)));
                co_await http::async_read_some(stream, buffer, parser, token());
            }
            if (failed)
                co_return;
            request.body = QByteArray(message.body().data(), qsizetype(message.body().size()));
            const auto packing = message[http::field::content_encoding];
            if (packing == sync::plainEncoding || packing == sync::sharedEncoding) {
                const auto plain = sync::decompressed(request.body, qsizetype(mostUnpacked));
                request.body = plain.value_or(QByteArray());
                if (!plain)
                    response = errorResponse(400, "undecodable", "zstd");
                else if (share && !share->grow(size_t(plain->size())))
                    response = errorResponse(503, "busy");
            }
        }
        if (response.status != 200)
            request.body.clear();
        else if (isMetrics)
            response.body = figures.text(doorkeeper.taken(Doorkeeper::Thing::Connection), news.waiting());
        else {
            lowest.expires_never();
            // Not "?:": g++ 12 evaluates both arms of a conditional co_await.
            if (request.path == "/v1/live")
                response = co_await waitForNews(request);
            else if (request.path == "/healthz")
                response = co_await health(request);
            else
                response = co_await answer(request);
        }
        keep = keep && message.keep_alive() && !stopping;
        http::response<http::string_body> reply(http::status(response.status), 11);
        QByteArray body = response.body;
        const auto accepts = message[http::field::accept_encoding];
        if (body.size() > worthPacking && accepts.find(sync::plainEncoding) != beast::string_view::npos) {
            const bool shared = body.size() <= sync::mostShared &&
                                accepts.find(sync::sharedEncoding) != beast::string_view::npos;
            body = sync::compressed(body, shared);
            reply.set(http::field::content_encoding, shared ? sync::sharedEncoding : sync::plainEncoding);
        }
        reply.set(http::field::accept_encoding,
                  std::string(sync::sharedEncoding) + ", " + sync::plainEncoding);
        const std::string requestId = figures.nextRequestId();
        reply.set(http::field::content_type,
                  request.path == "/metrics" ? "text/plain; version=0.0.4" : "application/json");
        reply.set(http::field::cache_control, "no-store");
        reply.set("X-Request-Id", requestId);
        if (tls)
            reply.set(http::field::strict_transport_security, "max-age=31536000");
        if (response.retryAfter > 0)
            reply.set(http::field::retry_after, std::to_string(response.retryAfter));
        reply.body().assign(body.constData(), size_t(body.size()));
        reply.keep_alive(keep);
        reply.prepare_payload();
        const auto took = std::chrono::steady_clock::now() - began;
        figures.count(request.path, response.status, took);
        figures.log(requestId, peer, request, response.status, took, size_t(body.size()));
        lowest.expires_after(replyTimeout + Pace::atSlowest(size_t(body.size())));
        co_await http::async_write(stream, reply, token());
        if (failed)
            co_return;
        if (!isAdmitted && length > 0 && length <= mostDropped)
            co_await drop(stream, size_t(length) - std::min(size_t(length), buffer.size()));
        unread = !isAdmitted && !keep;
        if (buffer.capacity() > smallBuffer) { // thousands of waiting connections have a buffer each
            buffer.shrink_to_fit();
            buffer.reserve(smallBuffer);
        }
    }
    if (unread)
        co_await letFinish(stream);
}

asio::awaitable<void> HttpServer::Private::session(tcp::socket socket,
                                                   [[maybe_unused]] Doorkeeper::Share place)
{
    boost::system::error_code failed;
    const auto endpoint = socket.remote_endpoint(failed);
    if (failed)
        co_return;
    const std::string peer = endpoint.address().to_string();
    try {
        if (!tls) {
            beast::tcp_stream stream(std::move(socket));
            co_await converse(stream, peer);
            stream.socket().shutdown(tcp::socket::shutdown_send, failed);
            co_return;
        }
        beast::ssl_stream<beast::tcp_stream> stream(beast::tcp_stream(std::move(socket)), *tls);
        beast::get_lowest_layer(stream).expires_after(headerTimeout);
        co_await stream.async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, failed));
        if (failed)
            co_return;
        co_await converse(stream, peer);
        beast::get_lowest_layer(stream).expires_after(headerTimeout);
        co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failed));
    } catch (const std::exception &) {
        // A failed connection affects no other.
    }
}

asio::awaitable<void> HttpServer::Private::accept()
{
    while (!stopping) {
        boost::system::error_code failed;
        tcp::socket socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::operation_aborted)
            co_return;
        if (failed) { // out of descriptors: wait until some are free
            asio::steady_timer pause(io, 50ms);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failed));
            continue;
        }
        const auto peer = socket.remote_endpoint(failed);
        if (failed)
            continue;
        auto place = doorkeeper.take(Doorkeeper::Thing::Connection,
                                     Doorkeeper::senderOf(peer.address().to_string()), 1);
        if (!place)
            continue; // closed at once; the client backs off
        asio::co_spawn(asio::make_strand(io), session(std::move(socket), std::move(*place)), asio::detached);
    }
}

void HttpServer::run()
{
    asio::signal_set signals(d->io, SIGTERM, SIGINT);
    signals.async_wait([this](const boost::system::error_code &failed, int) {
        if (!failed)
            stop();
    });
    asio::co_spawn(d->io, d->accept(), asio::detached);
    if (d->service.isShared())
        asio::co_spawn(d->io, d->watchOthers(), asio::detached);
    std::vector<std::thread> threads;
    for (int i = 1; i < d->options.networkThreads; ++i)
        threads.emplace_back([this] { d->io.run(); });
    d->io.run();
    for (auto &thread : threads)
        thread.join();
    d->pool.join();
}

void HttpServer::stop()
{
    if (d->stopping.exchange(true))
        return;
    asio::post(d->io, [this] {
        boost::system::error_code ignored;
        d->acceptor.close(ignored);
        d->news.wakeAll();
        // Requests in progress are finished; idle connections are closed.
        auto deadline = std::make_shared<asio::steady_timer>(d->io);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(d->options.drainSeconds);
        auto look = std::make_shared<std::function<void()>>();
        *look = [this, deadline, until, look] {
            if (d->figures.underWay() == 0 || std::chrono::steady_clock::now() > until) {
                d->io.stop();
                *look = {};
                return;
            }
            deadline->expires_after(50ms);
            deadline->async_wait([look](const boost::system::error_code &) {
                if (*look)
                    (*look)();
            });
        };
        deadline->expires_after(100ms);
        deadline->async_wait([look](const boost::system::error_code &) { (*look)(); });
    });
}

} // namespace clinic::server
