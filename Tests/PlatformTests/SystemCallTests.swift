import Glibc
import Platform
import Testing

struct SystemCallTests {
    @Test func `a call that a signal interrupts is made again`() {
        var calls = 0
        let result = uninterrupted { () -> Int32 in
            calls += 1
            errno = EINTR
            return calls < 3 ? -1 : 7
        }
        #expect(result == 7)
        #expect(calls == 3)
    }

    @Test func `an error other than EINTR is returned`() {
        var calls = 0
        let result = uninterrupted { () -> Int in
            calls += 1
            errno = EAGAIN
            return -1
        }
        #expect(result == -1)
        #expect(calls == 1)
    }
}
