import Testing

/// What needs a real browser: one window at a time, and `EveryPageTests` beside it in another, for they are heavy.
@Suite(.serialized, .browser)
enum BrowserTests {}

extension Trait where Self == ConditionTrait {
    /// Where there is a browser to test with.
    static var browser: Self {
        .enabled(if: Chromium.isTested, "SKIPPED: chromium or chromium-driver is not installed")
    }
}
