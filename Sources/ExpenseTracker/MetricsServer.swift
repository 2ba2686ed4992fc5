import Glibc
import HTTP
import Platform
import Web

/// Answers `GET /metrics` on a port of this machine alone, with an event loop of its own, so that nobody who scrapes
/// waits for requests and no request waits for them.
struct MetricsServer {
    private let server: Server

    /// Takes the port. Throws where it is busy.
    init(port: Int) throws(StartError) {
        var settings = Server.Configuration()
        settings.port = port
        settings.limits.connections = 16
        do {
            server = try Server(settings)
        } catch {
            throw error.code == EADDRINUSE
                ? StartError(
                    "--metrics-port: \(port) is in use by another program; stop that one, or choose another port"
                )
                : StartError("--metrics-port: \(error)")
        }
    }

    /// `stop` has to follow.
    func start(_ append: @escaping @Sendable (inout MetricsText) -> Void) throws(SystemError) {
        try server.start(

            respond: { request in
                guard request.path == "/metrics" else { return .ready(.text(.notFound, "see /metrics\n")) }
                guard request.method == .get || request.method == .head else {
                    return .ready(Response(.methodNotAllowed, headers: ["Allow": "GET, HEAD"]))
                }
                let wantsOpenMetrics =
                    request.headers["Accept"]?.contains(MetricsText.openMetrics) ?? false
                var metrics = MetricsText(isOpenMetrics: wantsOpenMetrics)
                append(&metrics)
                ProcessMetrics.append(to: &metrics)
                let type =
                    wantsOpenMetrics
                    ? MetricsText.openMetrics + "; version=1.0.0; charset=utf-8"
                    : "text/plain; version=0.0.4; charset=utf-8"
                return .ready(
                    Response(.ok, headers: ["Content-Type": type], body: .bytes(Array(metrics.text.utf8))))
            })
    }

    func stop() { server.stop(within: .seconds(1)) }

    static func append(_ reports: [Server.LoopReport], to metrics: inout MetricsText) {
        metrics.begin(.gauge, "expense_tracker_connections", "Connections by event loop and what they do.")
        for report in reports {
            for (activity, count) in report.connections.sorted(by: { $0.key < $1.key }) {
                metrics.add(
                    "expense_tracker_connections", ["loop": String(report.loop), "state": activity], count)
            }
        }
        metrics.begin(.gauge, "expense_tracker_loop_lag_seconds", "Time until an event loop took its turn.")
        for report in reports {
            metrics.add(
                "expense_tracker_loop_lag_seconds", ["loop": String(report.loop)],
                MetricsText.seconds(report.lag))
        }
    }

    /// Of the file systems that hold these files or folders.
    static func appendFreeSpace(of paths: [String], to metrics: inout MetricsText) {
        let name = "expense_tracker_free_disk_bytes"
        metrics.begin(.gauge, name, "What is free on the disk of the database, or of the backups.")
        for path in paths {
            var status = statvfs()
            guard unsafe statvfs(path, &status) == 0 else { continue }
            metrics.add(name, ["path": path], UInt64(status.f_bavail) * UInt64(status.f_frsize))
        }
    }
}
