import Foundation
import Testing

@testable import HTTP

struct GzipTests {
    /// What gzip(1) makes of it.
    static func decompressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("gzip-\(UUID()).gz")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let result = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](result)
    }

    static let inputs: [(name: String, bytes: [UInt8])] = [
        ("nothing", []),
        ("one byte", [65]),
        ("three equal bytes", [7, 7, 7]),
        ("a long run", [UInt8](repeating: 97, count: 20_000)),
        ("every byte", (0...255).map { UInt8($0) }),
        ("a pattern of 32768 bytes, twice", pattern(32_768) + pattern(32_768)),
        ("a pattern of 32769 bytes, twice", pattern(32_769) + pattern(32_769)),
        ("noise", pattern(60_000)),
        (
            "skewed frequencies",
            (0..<16).flatMap { [UInt8](repeating: UInt8($0), count: 1 << $0 / 2) }.shuffledBySteps
        ),
        (
            "text",
            Array(String(repeating: "a.b{color:#fff;margin:0 auto}.c{padding:1rem}\n", count: 500).utf8)
        ),
    ]

    /// The same noise each time.
    private static func pattern(_ count: Int) -> [UInt8] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    @Test(arguments: inputs)
    func `gzip(1) reads back what was compressed`(name: String, bytes: [UInt8]) throws {
        for effort in [Gzip.Effort.least, .most] {
            #expect(try Self.decompressed(#require(Gzip.compress(bytes, effort))) == bytes)
        }
    }

    @Test func `Bootstrap's stylesheet shrinks to a sixth, and reads back`() throws {
        let css = try [UInt8](
            Data(contentsOf: URL(fileURLWithPath: "/usr/share/javascript/bootstrap5/css/bootstrap.min.css")))
        let compressed = try #require(Gzip.compress(css, .most))
        #expect(compressed.count * 6 < css.count)
        #expect(try Self.decompressed(compressed) == css)
    }
}

extension [UInt8] {
    /// The same bytes in an order that lets few matches be found.
    fileprivate var shuffledBySteps: [UInt8] {
        indices.map { self[($0 * 7919) % count] }
    }
}
