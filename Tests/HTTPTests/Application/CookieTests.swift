import HTTP
import Testing

struct CookieTests {
    @Test func `a cookie is kept from scripts and other sites unless told otherwise`() {
        #expect(Cookie(name: "a", value: "b").headerValue == "a=b; Path=/; HttpOnly; SameSite=Lax")
        let open = Cookie(
            name: "a", value: "", path: "/refresh", maxAge: 0, httpOnly: false, secure: true)
        #expect(open.headerValue == "a=; Path=/refresh; Max-Age=0; Secure; SameSite=Lax")
    }

    @Test func `what no cookie can hold is percent-encoded`() {
        #expect(
            Cookie(name: "a", value: "b;c\r\nd é").headerValue.hasPrefix("a=b%3Bc%0D%0Ad%20%C3%A9; Path=/"))
    }

    @Test func `a request's cookies are found by their exact name, in order`() {
        var headers: Headers = ["Cookie": "a=1; ab=2;a=3 ; A=4; b; c=\"5\"; d=e=f"]
        headers.add("Cookie", "a=6")
        let request = Request(method: .get, target: "/", headers: headers)
        #expect(request.cookies("a") == ["1", "3", "6"])
        #expect(request.cookie("a") == "1")
        #expect(request.cookie("b") == nil)
        #expect(request.cookie("c") == "5")
        #expect(request.cookie("d") == "e=f")
        #expect(request.cookie("e") == nil)
    }

    @Test func `a response sets several cookies in fields of their own`() {
        var response = Response(.ok)
        response.setCookie(Cookie(name: "a", value: "1"))
        response.setCookie(Cookie(name: "b", value: "2"))
        #expect(response.headers.values("set-cookie").count == 2)
    }
}
