import Testing

/// Everything that needs a real browser; one window at a time, for they are heavy.
@Suite(.serialized, .enabled(if: Chromium.isTested, "SKIPPED: chromium or chromium-driver is not installed"))
enum BrowserTests {}
