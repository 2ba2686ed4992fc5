import Expenses
import Testing

struct PasswordRulesTests {
    private func problem(_ password: String) -> PasswordProblem? {
        PasswordRules.problem(with: password, username: "Anna.Schmidt", email: "a.schmidt1970@example.com")
    }

    @Test(arguments: [
        "correct horse battery staple", "Secret-7531", "welcome to 2026", "Passwort-von-Anna",
        "demo password", "tr0ub4dor&3", "пароль для меня", "長い長い秘密の言葉",
        "x7#kQ9!p",
        "👩‍👩‍👧‍👦🦊🐢🦉🐙🌵🌶️🎈", "sunshine in the morning", "        a", "password is not in here", "Fußgänger",
        String(repeating: "ab cd efg ", count: 25) + "123456",
    ])
    func `a password of 8 to 256 characters that nobody tries first is fine`(password: String) {
        #expect(problem(password) == nil)
    }

    @Test(arguments: ["", "1", "sevench", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])
    func `fewer than 8 characters are refused`(password: String) {
        #expect(problem(password) != nil)
    }

    @Test func `more than 256 characters are refused, however many bytes the 256 have`() {
        #expect(problem(String(repeating: "kö zw", count: 51) + "x") == nil)
        #expect(problem(String(repeating: "kö zw", count: 51) + "xyz") != nil)
    }

    @Test(arguments: [
        "password", "Password", "PASSWORD1", "password123", "12345678",
        "87654321",
        "abcdefgh", "aaaaaaaa", "qwertyuiop", "Qwerty123", "1q2w3e4r", "iloveyou",
        "letmein123",
        "sunshine", "dragon12", "football1", "trustno1", "11223344", "Contraseña1",
    ])
    func `the most common passwords are refused`(password: String) {
        #expect(problem(password) == .isCommon)
    }

    @Test(arguments: ["abcabcabc", String(repeating: "xyz9", count: 64)])
    func `a few characters over and over are refused for that reason`(password: String) {
        #expect(problem(password) == .repeats)
    }

    @Test(arguments: ["a" + String(repeating: "\u{301}", count: 5_000), String(repeating: "👩‍👩‍👧‍👦", count: 60)])
    func `more than 1,024 bytes are refused`(password: String) {
        #expect(problem(password) == .tooManyBytes)
    }

    @Test(arguments: [
        "anna.schmidt", "ANNA.SCHMIDT", "a.schmidt1970@example.com", "a.schmidt1970", "A.Schmidt1970",
    ])
    func `the own name and email are refused`(password: String) {
        #expect(problem(password) == .isName)
    }

    @Test func `the same name in another Unicode form is refused as well`() {
        #expect(
            PasswordRules.problem(
                with: "rene\u{301}.dupont", username: "ren\u{E9}.dupont", email: "x@example.com")
                != nil)
    }
}
