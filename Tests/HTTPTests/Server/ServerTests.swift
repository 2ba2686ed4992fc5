import HTTP
import Testing

struct ServerTests {
    @Test func `a request is answered, and the connection stays open for the next`() throws {
        let server = try TestServer()
        let client = try server.connect()
        for target in ["/", "/a?b=c"] {
            try client.send("GET \(target) HTTP/1.1\r\nHost: here\r\n\r\n")
            let answer = try client.receive(until: "]\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
            #expect(answer.hasSuffix("\r\n\r\nGET \(target) here []\n"))
        }
    }
}
