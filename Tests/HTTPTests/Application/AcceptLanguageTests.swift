import HTTP
import Testing

@Suite struct AcceptLanguageTests {
    private static let available = ["en", "ar", "de", "fr", "ja", "pl", "pt-BR", "zh-Hans"]

    @Test(arguments: [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("de-AT-1996", "de"), ("en-US,en;q=0.9,de;q=0.8", "en"),
        ("nl,de;q=0.5", "de"), ("de;q=0.5,fr;q=0.7", "fr"), ("de;q=0.5,fr;q=0.5", "de"),
        ("fr;q=0,de;q=0.1", "de"),
        (" fr ; q=0.2 , ja ;q=0.300", "ja"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("pt-br", "pt-BR"),
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-Hans-CN", "zh-Hans"), ("zh-SG", "zh-Hans"),
        ("zh-TW,en;q=0.5", "en"), ("zh-Hant-HK,fr;q=0.1", "fr"), ("zh-TW", nil), ("*", nil), ("", nil),
        ("nl", nil),
        (",,;q=1, ;", nil), ("de;q=abc", nil), ("de;q=2", nil), ("de;q=-1", nil), ("de;q=1.", "de"),
        ("d", nil), ("deu", nil),
    ])
    func `the language that is wanted most is chosen`(value: String, language: String?) {
        #expect(AcceptLanguage.best(among: Self.available, in: value) == language)
    }

    @Test(arguments: [
        ("de-AT,en;q=0.5", "de AT"), ("en;q=0.5,pt-BR", "pt BR"), ("zh-Hans-CN", "zh CN"), ("de", "de"),
        ("sr-Latn", "sr"), ("de-AT-1996", "de AT"), ("", nil), ("*", nil), ("-", nil),
    ])
    func `the language that is wanted first comes with its region`(value: String, expected: String?) {
        let first = AcceptLanguage.first(in: value).map { language, region in
            region.map { "\(language) \($0)" } ?? language
        }
        #expect(first == expected)
    }

    @Test func `a long list is read as far as browsers write one`() {
        let many = (0..<5000).map { "x\($0)" }.joined(separator: ",")
        #expect(AcceptLanguage.best(among: Self.available, in: many + ",de") == nil)
    }
}
