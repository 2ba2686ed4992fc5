import Expenses
import HTTP
import Templating

/// GET /api/v1
struct APIPageController: Sendable {
    let services: Services

    func show(_ visit: Visit) -> Response {
        let origin = ForwardedOrigin(
            headers: visit.request.headers, peer: visit.request.peer,
            trusted: services.configuration.trustedProxies)
        let host = visit.host
        // What is pasted into a shell has to be a name and a port, whatever a client writes into Host.
        let isPlain =
            !host.isEmpty
            && host.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || [
                        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["),
                        UInt8(ascii: "]"),
                    ]
                    .contains(byte)
            }
        let scheme = origin.scheme == "https" || services.configuration.isHTTPS ? "https" : "http"
        let page = APIPage(
            frame: visit.frame(Message("API")),
            origin: "\(scheme)://\(isPlain ? host : "localhost")\(services.configuration.basePath.text)",
            today: Zone.system.day(at: visit.now).description)
        return services.pages.response(.ok, services.pages.api, page)
    }
}
