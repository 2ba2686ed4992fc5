import FoundationEssentials
import Glibc
import HTTP
import Platform
import Synchronization
import Testing
import Web

struct LogTests {
    @Test func `a line is written whole, with its level, and only up to the level asked for`() {
        let written = WrittenLog(level: .warning)
        written.log.write(.error, "the disk\nis full\u{7F}")
        written.log.write(.warning, "nearly")
        written.log.write(.info, "nobody asked")
        #expect(written.lines() == ["error: the disk?is full?", "warning: nearly"])
    }

    @Test func `in JSON a line is one object with the time in UTC`() throws {
        let written = WrittenLog(level: .info, format: .json)
        written.log.write(.error, "a \"word\"\nand \\")
        let line = try #require(written.lines().first)
        let message = try JSONDecoder().decode(Message.self, from: Data(line.utf8))
        #expect(message.level == "error")
        #expect(message.message == "a \"word\"\nand \\")
        #expect(message.time.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test func `a line begins with the time, or with the priority that journald reads`() throws {
        let timed = WrittenLog(level: .info, beginning: .time)
        timed.log.write(.error, "the disk is full")
        let line = try #require(timed.lines().first)
        let pattern = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z error: the disk is full/
        #expect(line.wholeMatch(of: pattern) != nil)

        let levels: [Log.Level] = [.error, .warning, .info, .debug]
        let text = WrittenLog(level: .debug, beginning: .priority)
        for level in levels { text.log.write(level, "words") }
        #expect(
            text.lines() == ["<3>error: words", "<4>warning: words", "<6>info: words", "<7>debug: words"])

        let json = WrittenLog(level: .debug, format: .json, beginning: .priority)
        json.log.write(.error, "words")
        let object = try #require(json.lines().first)
        #expect(object.hasPrefix("<3>{\"time\":\""))
    }

    @Test func `a fault that many requests meet is told at once, and then every 10 s with how many met it`() {
        let written = WrittenLog(level: .error)
        for (second, request) in [(0, "a"), (0, "b"), (9, "c"), (10, "d"), (20, "e"), (21, "f"), (15, "g")] {
            written.log.write(.diskIsFull, request: request, at: 1000 + Int64(second))
        }
        let text = "the disk is full, nothing can be saved"
        let others = "; other requests that met this since the last such line"
        #expect(
            written.lines() == [
                "error: request a: \(text)", "error: request d: \(text)\(others): 2",
                "error: request e: \(text)",
                // The clock was set back.
                "error: request g: \(text)\(others): 1",
            ])
    }

    private struct Message: Decodable {
        let time: String
        let level: String
        let message: String
    }

    @Test
    func
        `a slow reader of the log delays nothing, and lines that do not fit are dropped, counted and reported`()
        throws
    {
        let written = WrittenLog(level: .info)
        let line = String(repeating: "x", count: 100)
        // Far more than the pipe and the buffer hold.
        let count = 10_000
        for _ in 0..<count { written.log.write(.info, line) }
        let lines = written.lines()
        let kept = lines.count { $0 == "info: " + line }
        let told = lines.compactMap { $0.wholeMatch(of: /warning: (\d+) log lines were dropped.*/)?.1 }
        #expect(kept < count)
        #expect(kept + told.compactMap { Int($0) }.reduce(0, +) == count)
        #expect(kept + told.count == lines.count)
    }

    @Test func `a log that nobody reads is closed nevertheless`() {
        let written = WrittenLog(level: .info)
        for _ in 0..<10_000 { written.log.write(.info, String(repeating: "x", count: 100)) }
        written.log.close(within: .milliseconds(10))
        written.log.write(.info, "too late")
        #expect(!written.lines().contains("info: too late"))
    }

    @Test func `a log whose reader has gone loses its lines and does not end the program`() {
        Signals.ignoreBrokenPipes()
        let written = WrittenLog(level: .info)
        written.stopReading()
        written.log.write(.info, "to nobody")
        #expect(written.lines().isEmpty)
    }
}

/// A log and the pipe that it goes to.
final class WrittenLog: Sendable {
    let log: Log
    private let reading: Int32
    private let writing: Int32
    private let read = Mutex<[String]?>(nil)

    init(level: Log.Level, format: Log.Format = .text, beginning: Log.Beginning = .level) {
        var ends: [Int32] = [0, 0]
        precondition(unsafe pipe(&ends) == 0, "a test needs two descriptors")
        (reading, writing) = (ends[0], ends[1])
        log = Log(level: level, format: format, beginning: beginning, descriptor: writing)
    }

    /// Everything up to the first call, which closes the log and its descriptor; once, or it could be somebody else's.
    func lines() -> [String] {
        read.withLock { read in
            let lines = read ?? readAll()
            read = lines
            return lines
        }
    }

    private func readAll() -> [String] {
        let text = Mutex("")
        let reader = try? Platform.Thread(name: "log reader") {
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = unsafe Glibc.read(self.reading, &piece, piece.count)
                if count <= 0 { break }
                bytes += piece[..<count]
            }
            text.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
        }
        log.close()
        close(writing)
        reader?.join()
        return text.withLock { $0 }.split(separator: "\n").map(String.init)
    }

    /// Nobody reads any more; the descriptor stays taken.
    func stopReading() {
        let nothing = unsafe open("/dev/null", O_RDONLY)
        dup2(nothing, reading)
        close(nothing)
    }

    deinit { close(reading) }
}
