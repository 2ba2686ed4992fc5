import Testing
import Web

struct LocalPathTests {
    @Test(arguments: [
        "/", "/expenses", "/expenses?year=2026&month=3", "/expenses/12/edit", "/expenses?q=a%2F%2Fb&from=",
        "/expenses#list", "/summary?next=//x", "/categories?name=caf%C3%A9", "/expenses?q=http://x/",
    ])
    func `a path on this site is followed`(path: String) {
        #expect(LocalPath.check(path) == path)
    }

    @Test(arguments: [
        "", "expenses", "?year=2026", "http://evil.example/", "https:evil.example", "javascript:alert(1)",
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
        "/\t/evil.example", "\t//evil.example", " /expenses", "/expenses evil", "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/%2f%2fevil.example", "%2f%2fevil.example", "/%2fevil.example", "/%5cevil.example",
        "/%09/evil.example",
        "/%0a/evil.example", "/%0d%0aSet-Cookie:%20a=b", "/a//evil.example", "/./%2fevil.example", "/\u{0}",
        "/%00", "/\u{7F}", "/\u{202E}", "/caf\u{E9}", "/%zz", "/%c3%28", "/expenses\\..\\x", "/%E2%80%A8%0A",
    ])
    func `an address that some browser or proxy takes for one elsewhere is not followed`(path: String) {
        #expect(LocalPath.check(path) == nil)
    }

    @Test func `a path longer than any of ours is not followed`() {
        #expect(LocalPath.check("/" + String(repeating: "a", count: 4095)) != nil)
        #expect(LocalPath.check("/" + String(repeating: "a", count: 4096)) == nil)
    }
}
