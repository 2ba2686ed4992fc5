import Glibc
import HTTP

/// A server of nothing but the HTTP module, to be measured: `/healthz` gives a fixed answer, `/static/` the files of a
/// directory. Prints its port, and stops when standard input ends.
@main
struct FixedAnswer {
    static func main() throws {
        let arguments = CommandLine.arguments
        let files = try StaticFiles([(prefix: "/static/", directory: arguments[1])])
        let ok = Response.text(.ok, "ok\n")
        var configuration = Server.Configuration()
        configuration.threads = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
        configuration.onLog = { print($0) }
        let server = try Server(configuration)
        try server.start(

            respond: { request in
                if request.path == "/healthz" { return .ready(ok) }
                return .ready(
                    files.find(request.path)?.respond(to: request) ?? .text(.notFound, "Not Found\n"))
            })
        print(server.port)
        fflush(nil)
        while readLine() != nil {}
        server.stop(within: .seconds(10))
    }
}
