import Templating
import Testing

/// The rules of gettext's manual (11.2.6), through files that have them.
@Suite struct PluralRuleTests {
    private static func forms(_ rule: String, _ counts: [Int]) throws -> [Int] {
        let header = "msgid \"\"\nmsgstr \"Language: xx\\nX-Language-Name: X\\nPlural-Forms: \(rule)\\n\"\n\n"
        let entry = "msgid \"a\"\nmsgid_plural \"b\"\n" + (0..<6).map { "msgstr[\($0)] \"\($0)\"\n" }.joined()
        let languages = try Languages(["xx": header + entry], TemplateLibrary([String: String]()))
        let translation = try languages.translation(try #require(languages.language("xx")))
        return counts.map { Int(Message("a", plural: "b", count: $0).text(in: translation)) ?? -1 }
    }

    @Test(arguments: [
        ("nplurals=1; plural=0;", [0, 1, 2], [0, 0, 0]),
        ("nplurals=2; plural=(n != 1);", [0, 1, 2], [1, 0, 1]),
        ("nplurals=2; plural=n > 1", [0, 1, 2], [0, 0, 1]),
        (
            "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
            [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 112, 122], [2, 0, 1, 1, 2, 2, 2, 2, 2, 1, 2, 1]
        ),
        (
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
            [0, 1, 2, 3, 10, 11, 99, 100, 102, 103], [0, 1, 2, 3, 3, 4, 4, 5, 5, 3]
        ),
        ("nplurals=2; plural=!(n == 1)", [1, 2], [0, 1]), ("nplurals=6; plural=n*2+1-n/2", [1, 2], [3, 4]),
        // Beyond the number of forms, the last one; and nothing that a file says stops the program.
        ("nplurals=2; plural=n", [0, 1, 7], [0, 1, 1]), ("nplurals=2; plural=n%0 + n/0", [3], [0]),
    ])
    func `a count takes the form that the rule says`(rule: String, counts: [Int], forms: [Int]) throws {
        #expect(try Self.forms(rule, counts) == forms)
    }

    @Test(arguments: [
        "", "nplurals=2;", "nplurals=0; plural=0", "nplurals=9; plural=0", "nplurals=2; plural=n =",
        "nplurals=2; plural=(n",
        "nplurals=2; plural=n ? 1", "nplurals=2; plural=m", "nplurals=2; plural=99999999999999999999",
    ])
    func `a rule that cannot be read is refused`(rule: String) throws {
        #expect(throws: TemplateError.self) { try Self.forms(rule, [1]) }
    }

    @Test func `parentheses are nested as deep as any language needs, and no deeper`() throws {
        let deep = String(repeating: "(", count: 1000) + "n" + String(repeating: ")", count: 1000)
        #expect(throws: TemplateError.self) { try Self.forms("nplurals=2; plural=" + deep, [1]) }
    }
}
