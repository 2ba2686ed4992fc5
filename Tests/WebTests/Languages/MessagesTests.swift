import Glibc
import Templating
import Testing
import Web

/// The sentences that translators get. `UPDATE_MESSAGES=1 swift test --filter MessagesTests` writes `messages.pot` anew.
@Suite struct MessagesTests {
    private static let file = "Templates/Languages/messages.pot"

    @Test func `messages.pot has every sentence of the program, and no other`() throws {
        let now = try MessageSources().template
        if unsafe getenv("UPDATE_MESSAGES") != nil {
            let stream = unsafe try #require(fopen(TestApp.packageRoot + "/" + Self.file, "w"))
            defer { unsafe fclose(stream) }
            try #require(unsafe fwrite(now, 1, now.utf8.count, stream) == now.utf8.count)
        }
        let before = try MessageSources.text(of: Self.file)
        for (old, new) in zip(before.split(separator: "\n"), now.split(separator: "\n")) where old != new {
            Issue.record("“\(old)” is “\(new)” now; see above how the file is made anew")
            return
        }
        #expect(now == before)
    }
}
