import HTTP
import Testing
import Web

struct AccountRulesTests {
    @Test(arguments: [
        "anna", "Jean-Luc", "o.k", "user_1", "Łukasz", "мария", "山田太郎", "محمد", "हिन्दी", "e\u{301}le\u{300}ve",
        "abc",
        "123", "...", String(repeating: "x", count: 30),
    ])
    func `names of any script are fine`(name: String) {
        #expect(AccountRules.problem(withUsername: name) == nil)
    }

    @Test(arguments: [
        "", "ab", String(repeating: "x", count: 31), "anna@home", "anna smith", "anna\n", "anna/", "<anna>",
        "an\u{0}na",
        "😀😀😀", "an\u{200D}na", "\u{301}abc", "anna\u{202E}", "½½½",
        "a" + String(repeating: "\u{301}", count: 400) + "bc",
        "abc" + String(repeating: "\u{301}", count: 60),
    ])
    func `a name with anything but letters, digits and a few signs is refused`(name: String) {
        #expect(AccountRules.problem(withUsername: name) != nil)
    }

    @Test(arguments: [
        "a@b", "anna@example.com", "anna+list@mail.example.co.uk", "jörg@bücher.example", "o'neil@x.org",
    ])
    func `an email with one at sign is fine`(email: String) {
        #expect(AccountRules.problem(withEmail: email) == nil)
    }

    @Test(arguments: [
        "", "anna", "@example.com", "anna@", "a@b@c", "an na@example.com", "anna@exa\u{A0}mple.com",
        "anna@example.com\n",
        "anna@\u{0}.com", ".anna@example.com", "anna@example.com.", "anna@\u{200B}example.com",
        String(repeating: "a", count: 251) + "@b.c",
    ])
    func `what cannot be an email is refused`(email: String) {
        #expect(AccountRules.problem(withEmail: email) != nil)
    }

    @Test func `white space around a name and an email is taken off, and that around a password kept`() {
        let form = RegistrationForm(
            FormData([("username", " anna\t"), ("email", "\u{A0}a@b.c "), ("password", " eight ch ")]))
        #expect(form.username == "anna")
        #expect(form.email == "a@b.c")
        #expect(form.password == " eight ch ")
        #expect(form.problems().isEmpty)
    }

    @Test func `an empty form has a message at every field`() {
        let problems = RegistrationForm(FormData()).problems()
        #expect(["username", "email", "password"].allSatisfy { problems[$0] != nil })
    }
}
