import Expenses
import Testing
import Web

struct RateLimitTests {
    private let noon: Int64 = 1_800_000_000

    /// How long the source has to wait; 0 where this was counted.
    private func wait(_ limit: RateLimit, _ source: String, at now: Int64) -> Int {
        do {
            try limit.take(source, at: now)
            return 0
        } catch .tooManyRequests(let retryAfter) {
            return retryAfter
        } catch {
            return -1
        }
    }

    @Test func `a burst passes, then one in each interval, and others are not touched`() {
        let limit = RateLimit(burst: 3, interval: 10)
        #expect((0..<5).map { _ in wait(limit, "a", at: noon) } == [0, 0, 0, 10, 10])
        #expect(wait(limit, "b", at: noon) == 0)
        #expect(wait(limit, "a", at: noon + 9) == 1)
        #expect(wait(limit, "a", at: noon + 10) == 0)
        #expect(wait(limit, "a", at: noon + 10) == 10)
        #expect((0..<4).map { _ in wait(limit, "a", at: noon + 1000) } == [0, 0, 0, 10])
        #expect(limit.refused == 5)
    }

    @Test func `after a clock is set back, a wait is one interval at most`() {
        let limit = RateLimit(burst: 2, interval: 10)
        for _ in 0..<2 { _ = wait(limit, "a", at: noon) }
        #expect(wait(limit, "a", at: noon - 86_400) == 10)
        #expect(wait(limit, "a", at: noon - 86_390) == 0)
    }

    @Test func `a flood of sources takes no more memory, and the busiest is remembered`() {
        let limit = RateLimit(burst: 2, interval: 1000, capacity: 8)
        for _ in 0..<2 { _ = wait(limit, "flood", at: noon) }
        for number in 0..<100 { #expect(wait(limit, "source \(number)", at: noon) == 0) }
        #expect(wait(limit, "flood", at: noon) == 1000)
    }
}
