import HTTP
import Platform
import Testing

/// The example of Sources/HTTP/Documentation.docc, compiled and run.
struct DocumentationTests {
    private func example() throws -> Server {
        // The example begins.
        let server = try Server(Server.Configuration())
        try server.start { request in
            .ready(.text(.ok, "Hello from \(request.path)\n"))
        }
        print("http://127.0.0.1:\(server.port)")
        // The example ends.
        return server
    }

    @Test func `the server of the documentation answers`() throws {
        let server = try example()
        defer { server.stop(within: .seconds(5)) }
        let client = try RawClient(port: server.port)
        try client.send("GET /there HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(try client.receiveText().hasSuffix("\r\n\r\nHello from /there\n"))
    }

    @Test func `the documentation has it word for word`() throws {
        let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        func text(_ path: String) throws -> String {
            let file = try OpenFile(path: path)
            return String(decoding: try file.descriptor.read(file.size, at: 0), as: UTF8.self)
        }
        let source = try text(#filePath)
        let start = try #require(source.firstRange(of: "// The example begins.\n"))
        let end = try #require(source.firstRange(of: "        // The example ends."))
        let lines = source[start.upperBound..<end.lowerBound].split(separator: "\n").map { $0.dropFirst(8) }
        #expect(lines.count == 5)
        let page = try text(folder + "/Sources/HTTP/Documentation.docc/HTTP.md")
        #expect(page.contains("```swift\n" + lines.joined(separator: "\n") + "\n```"))
    }
}
